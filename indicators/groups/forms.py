"""Shape of what is chosen for a year: an indicator with its group, the order of groups, what is gone without."""

from django import forms
from django.core.exceptions import ValidationError

from indicators.measures import MEASURES
from indicators.models import Indicator
from ledger.fields import CleanFormField, CodeFormField
from ledger.web.forms import PaperForm
from ledger.web.opened import OpenedForm, carried

from .indicators import texts
from .measured import denominators, numerators, wholes_of
from .rules import pair_fault, settle

DECIMALS = [(0, "không lấy số lẻ (63%)"), (1, "một số lẻ (62,8%)"), (2, "hai số lẻ (62,79%)")]
BELOW = [
    (Indicator.Below.INHERIT, "Mọi tổ chức; nơi không được giao riêng thì theo mức của cấp trên"),
    (Indicator.Below.OWN, "Chỉ so với mức giao riêng; nơi không được giao thì không xét đạt"),
    (Indicator.Below.STATE, "Tổ chức cơ sở đảng chỉ nêu trạng thái bằng chữ, không tính tỷ lệ"),
    (Indicator.Below.LETTERS, "Chỉ cơ quan kiểm tra và lãnh đạo Khối xem (dùng cho đơn thư)"),
]
RULES = [
    (Indicator.Rule.ROUNDED, "so số đã làm tròn (92,9% là 93%, đạt mức 93%)"),
    (Indicator.Rule.EXACT, "so số chính xác (92,9% chưa đạt mức 93%)"),
]


class IndicatorForm(OpenedForm, PaperForm):
    """An indicator; the headline with its group. `indicator`: what it is opened on; `names`: {code of a measure: its name}.

    `stored`: whether it stands already, then a part may become the headline; `set_targets`: how many organizations have a
    target of it.
    """

    needs_paper = False
    COLUMNS = {
        "ten": "name",
        "tu_so": "numerator",
        "mau_so": "denominator",
        "so_le": "decimals",
        "don_vi": "unit",
        "ten_mau_so": "denominator_name",
        "huong": "direction",
        "so_sanh": "rule",
        "cap_duoi": "below",
        "khong_phat_sinh": "empty_is_met",
        "tinh_dat": "required",
    }
    OF_HEADLINES = ("ten_nhom", "huong", "so_sanh", "cap_duoi", "khong_phat_sinh", "tinh_dat")  # what is set a target
    TRIED = ("tu_so", "mau_so", "so_le", "don_vi", "ten_mau_so")

    ten_nhom = CleanFormField(
        label="Tên nhóm", max_length=120, help_text="Đứng đầu thẻ kết quả, ví dụ: Kết nạp đảng viên mới."
    )
    ten = CleanFormField(label="Tên chỉ tiêu", max_length=160)
    tu_so = forms.ChoiceField(label="Đếm gì (tử số)")
    mau_so = forms.ChoiceField(label="Trên tổng số nào (mẫu số)", required=False)
    so_le = forms.TypedChoiceField(label="Làm tròn tỷ lệ", choices=DECIMALS, coerce=int)
    don_vi = CleanFormField(
        label="Đơn vị đếm",
        max_length=40,
        required=False,
        help_text="Để trống thì theo số liệu: đảng viên, tổ chức, lượt, đơn.",
    )
    ten_mau_so = CleanFormField(
        label="Gọi mẫu số là",
        max_length=120,
        required=False,
        help_text="Trong câu “81 trên 129 …”. Để trống thì theo tên mẫu số.",
    )
    huong = forms.ChoiceField(label="Hướng", choices=Indicator.Direction.choices)
    so_sanh = forms.ChoiceField(label="So với mức giao", choices=RULES)
    cap_duoi = forms.ChoiceField(label="Áp dụng ở dưới cấp Khối", choices=BELOW)
    khong_phat_sinh = forms.BooleanField(label="Không phát sinh trong năm thì tính là đạt", required=False)
    tinh_dat = forms.BooleanField(label="Tính vào số nhóm đạt của năm", required=False)
    lam_chinh = forms.BooleanField(
        label="Lấy làm chỉ tiêu chính của nhóm",
        required=False,
        help_text="Chỉ tiêu chính đang có thành chỉ tiêu kèm; mức đã giao cho nó phải thu hồi.",
    )
    thu_hoi = forms.BooleanField(
        required=False,
        help_text="Chỉ khi đổi giữa số lượng và tỷ lệ, hoặc đổi chỉ tiêu chính của nhóm; nếu không, mức giữ nguyên.",
    )
    so = CodeFormField(label="Số, ký hiệu văn bản", max_length=80)

    def __init__(self, sent, *, indicator, names, stored=False, set_targets=0):
        opened = {"luc_mo": carried(texts(indicator))} if stored else {}
        initial = {name: getattr(indicator, column) for name, column in self.COLUMNS.items()}
        super().__init__(sent, initial=initial | {"ten_nhom": indicator.group.name} | opened)
        self.indicator = indicator
        for name in self._absent(stored, set_targets):
            del self.fields[name]
        if "thu_hoi" in self.fields:
            self.fields["thu_hoi"].label = f"Đồng ý thu hồi {set_targets} mức đang giao, nếu các mức ấy mất nghĩa"
        if not indicator.headline:
            self.fields["ten"].help_text = "Vài từ, đứng sau chỉ tiêu chính, ví dụ: nữ, tiêu biểu."
        self.fields["tu_so"].choices = [("", "Chọn số liệu"), *numerators(names)]
        self.fields["mau_so"].choices = denominators(self._now("tu_so"), names, self._now("mau_so"))

    def _absent(self, stored, set_targets):
        if self.indicator.headline:
            yield "lam_chinh"
        else:
            yield from self.OF_HEADLINES
            if not stored:
                yield "lam_chinh"
        if not stored:
            yield "luc_mo"
        if not set_targets:
            yield "thu_hoi"

    def _now(self, name):
        """What the field says now: as sent, or as it was opened."""
        return str((self.data.get(name) if self.is_bound else self.initial.get(name)) or "")

    def clean(self):
        data = super().clean()
        part, whole = data.get("tu_so"), data.get("mau_so")
        if part and whole and whole not in {measure.code for measure in wholes_of(part)}:
            raise ValidationError({"mau_so": pair_fault(part, whole)})
        return data

    def columns(self):
        """{column of Indicator: value} of what may be chosen here."""
        data = self.cleaned_data
        chosen = {column: data[name] for name, column in self.COLUMNS.items() if name in data}
        return chosen | ({"headline": True} if data.get("lam_chinh") else {})

    def only_tried(self):
        """Speaks of nothing but what is measured: whoever looks how it would come out has not sent the rest."""
        for name in set(self.errors) - set(self.TRIED):
            del self.errors[name]

    def chosen(self):
        """An Indicator of what is chosen so far, not stored; None while nothing can be counted by it."""
        faults = self.errors  # reads what was sent, where it was
        data = self.cleaned_data if self.is_bound else self.initial
        if data.get("tu_so") not in MEASURES or "mau_so" in faults:
            return None
        chosen = Indicator(
            group=self.indicator.group,
            numerator=data["tu_so"],
            denominator=data.get("mau_so") or "",
            decimals=data.get("so_le") or 0,
            unit=data.get("don_vi") or "",
            denominator_name=data.get("ten_mau_so") or "",
        )
        settle(chosen, None)
        return chosen


class RetireForm(forms.Form):
    """`set_targets`: how many targets would be withdrawn with it."""

    thu_hoi = forms.BooleanField(required=False)
    ly_do = CleanFormField(label="Lý do, nếu có", max_length=500, required=False)

    def __init__(self, sent, *, set_targets):
        super().__init__(sent)
        if set_targets:
            self.fields["thu_hoi"].label = f"Đồng ý thu hồi {set_targets} mức đang giao"
        else:
            del self.fields["thu_hoi"]


class OrderForm(forms.Form):
    """`thu_tu`, `luc_mo`: codes of the groups with spaces between, as wanted and as the page was opened."""

    thu_tu = forms.CharField(max_length=5000)
    luc_mo = forms.CharField(max_length=5000, required=False)


class RestoreForm(forms.Form):
    """What to take up again: one of `groups` or of `parts`, both {id: row}."""

    nhom = forms.IntegerField(required=False)
    chi_tieu = forms.IntegerField(required=False)


class CopyForm(forms.Form):
    """Groups for `year`; `years`: those that have groups to copy, latest first; `usual`: how many groups are usual."""

    tu_nam = forms.TypedChoiceField(label="Sao chép nhóm chỉ tiêu của", coerce=int)

    def __init__(self, sent, *, year, years, usual):
        super().__init__(sent, initial={"tu_nam": next((y for y in years if y < year), None)})
        self.fields["tu_nam"].choices = [*((year, f"năm {year}") for year in years), (0, f"{usual} nhóm thường dùng")]
