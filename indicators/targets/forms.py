from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError

from indicators.lenses.series import NOW
from indicators.models import Indicator
from ledger.fields import CleanFormField, CodeFormField
from ledger.text import number_text
from ledger.web.forms import DayField
from organizations.models import Kind


class DashboardForm(forms.Form):
    """Query string of the dashboard: the indicator ranked (`xep`, a group's code), the kind of organization (`loai`), the
    lens of the years (`goc`).
    """

    xep = forms.ChoiceField(label="Nhóm chỉ tiêu", required=False)
    loai = forms.ChoiceField(label="Loại hình tổ chức", required=False)
    goc = forms.ChoiceField(choices=[("", ""), (NOW, "")], required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, groups, children):
        super().__init__(data)
        kinds = sorted({spell.kind for spell in children}, key=list(Kind).index)
        self.fields["xep"].choices = [(g.code, f"{g.order}. {g.name}") for g in groups]
        self.fields["loai"].choices = [("", "Tất cả"), *((k, Kind(k).label) for k in kinds)]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "“%(value)s” không có trong danh sách; đang hiện tất cả."

    def chosen(self, name, default):
        return self.cleaned_data.get(name) or default


class DecimalField(forms.CharField):
    """A number typed as Vietnamese offices write it: 62,5 or 62.5; 1.200 is twelve hundred."""

    def to_python(self, value):
        text = number_text(value).replace("%", "")
        if not text:
            return None
        if "," in text:
            text = text.replace(".", "").replace(",", ".")
        elif text.count(".") and len(text.rpartition(".")[2]) == 3:
            text = text.replace(".", "")
        try:
            number = Decimal(text)
        except InvalidOperation:
            raise ValidationError("Hãy nhập một số, ví dụ 115 hoặc 62,5.") from None
        if not number.is_finite() or abs(number) >= 10**7:
            raise ValidationError("Số này quá lớn.")
        return number

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal) else value


def plain(value):
    """A stored target as it is typed: 115, 62,5."""
    if value is None:
        return ""
    return f"{value.normalize():f}".replace(".", ",")


class TargetsForm(forms.Form):
    """Targets of one organization in one year, with the document that sets them.

    Each field carries the value it was opened with; if another has set a new one meanwhile, the form says so and
    keeps what was typed.
    """

    number = CodeFormField(label="Số, ký hiệu văn bản", max_length=80)
    date = DayField(label="Ngày ban hành")
    issuer = CleanFormField(label="Cơ quan ban hành", max_length=200)

    def __init__(self, data=None, *, indicators, standing):
        super().__init__(data)
        self.indicators, self.standing = indicators, standing
        for indicator in indicators:
            unit = "%" if indicator.kind == Indicator.Kind.RATIO else indicator.unit
            name = f"target_{indicator.pk}"
            self.fields[name] = DecimalField(
                label=f"{indicator.group.order}. {indicator.name} ({unit})",
                required=False,
                initial=plain(standing.get(indicator.pk)),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[f"was_{indicator.pk}"] = forms.CharField(
                required=False, initial=plain(standing.get(indicator.pk)), widget=forms.HiddenInput()
            )
        self.order_fields([*(f"target_{i.pk}" for i in indicators), "number", "date", "issuer"])

    def clean(self):
        data = super().clean()
        for indicator in self.indicators:
            now = plain(self.standing.get(indicator.pk))
            typed = plain(data.get(f"target_{indicator.pk}"))
            if data.get(f"was_{indicator.pk}", "") != now != typed:
                self.add_error(
                    f"target_{indicator.pk}",
                    f"Người khác vừa đặt mức {now or 'trống'}. Số đồng chí gõ vẫn ở đây; gửi lại nếu vẫn muốn thay.",
                )
                self.data = self.data.copy()
                self.data[f"was_{indicator.pk}"] = now
        return data

    def values(self):
        """{Indicator: Decimal or None}"""
        return {i: self.cleaned_data.get(f"target_{i.pk}") for i in self.indicators}


class BlocForm(forms.Form):
    """First step of an empty installation: the bloc itself."""

    name = CleanFormField(label="Tên Đảng bộ", max_length=200, help_text="Ví dụ: Đảng bộ Khối các cơ quan tỉnh.")
    founded = DayField(label="Ngày thành lập")


class YearForm(forms.Form):
    """Second step: the year, with its groups and its rating period. `blocs`: {code: spell} to choose from."""

    bloc = forms.ChoiceField(label="Của đảng bộ")
    year = forms.IntegerField(label="Năm", min_value=2011, max_value=2100)

    def __init__(self, *args, blocs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bloc"].choices = [(code, spell.name) for code, spell in blocs.items()]
        if len(blocs) == 1:
            del self.fields["bloc"]
        self.only = next(iter(blocs)) if len(blocs) == 1 else None

    def clean(self):
        data = super().clean()
        if not self.only:
            return data
        if self.data.get("bloc") not in (None, "", self.only):
            raise ValidationError("Đảng bộ đã chọn không còn thuộc quyền của đồng chí. Hãy mở lại trang.")
        return data | {"bloc": self.only}


class ClosingForm(forms.Form):
    """The paper under which figures are closed."""

    number = CodeFormField(label="Số, ký hiệu biên bản, văn bản", max_length=80)
    date = DayField(label="Ngày ban hành")
    issuer = CleanFormField(label="Cơ quan ban hành", max_length=200)


class WithdrawForm(forms.Form):
    reason = CleanFormField(
        label="Vì sao hủy lần chốt này", max_length=500, help_text="Lần chốt cũ và lý do hủy vẫn được giữ ở trang này."
    )
