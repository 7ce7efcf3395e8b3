"""Shape of what is typed about inspections and letters; what it means is judged by the verbs."""

from django import forms

from ledger import clock
from ledger.fields import CleanFormField, CodeFormField, LinesFormField
from ledger.text import holds, search_key
from ledger.web.forms import ActForm, DayField, LightActForm
from ledger.web.opened import OpenedForm
from organizations.models import GRASSROOTS

from .models import Inspection, OrganizationDiscipline, Result

NO_CHOICE = {"required": "Hãy chọn ít nhất một dòng.", "invalid_choice": "Danh sách đã thay đổi. Hãy chọn lại."}
NO_ONE = {"required": "Hãy chọn ít nhất một tổ chức.", "invalid_choice": "Danh sách đã thay đổi. Hãy chọn lại."}


class Lines(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(error_messages=NO_CHOICE, **kwargs)


class LinesForm(LightActForm):
    """An act on some of the lines of a page. `lines`: [(id, label)]."""

    dong = Lines(label="Tổ chức")

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dong"].choices = lines
        if len(lines) == 1:
            self.fields["dong"].initial = [lines[0][0]]


class CarryOutForm(LinesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Hoàn thành ngày"
        self.fields["ly_do"].help_text = "Cần ghi khi sửa một ngày đã ghi."


class ConcludeForm(LinesForm):
    noi_dung = LinesFormField(label="Nội dung kết luận", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Ngày kết luận"
        self.fields["so"].label = "Số, ký hiệu văn bản kết luận, nếu có"
        self.fields["ly_do"].help_text = "Cần ghi khi viết lại một kết luận đã ghi."


class DropForm(LinesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Bỏ từ ngày"
        self.fields["ly_do"].required = True
        self.fields["ly_do"].label = "Lý do"


class TieForm(forms.Form):
    """Which disciplines of members followed. `lines`: [("discipline-12", label)]; `luot`: the subject they followed from."""

    luot = forms.CharField(required=False, widget=forms.HiddenInput())
    dong = Lines(label="Kỷ luật đã ghi")

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dong"].choices = lines


class OrganizationDisciplineForm(ActForm):
    to_chuc = forms.ChoiceField(label="Tổ chức bị kỷ luật")
    hinh_thuc = forms.TypedChoiceField(label="Hình thức", choices=OrganizationDiscipline.Kind.choices, coerce=int)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].choices = lines
        self.fields["tu_ngay"].label = "Ngày quyết định"


class UndoForm(forms.Form):
    viec_so = forms.IntegerField(widget=forms.HiddenInput())
    ly_do = LinesFormField(label="Lý do hủy", max_length=500)


class PickForm(LightActForm):
    """An act on organizations picked from a long list, which is searched on the server, so also without JavaScript.

    `places`: spells that may be picked; `labels`: {organization id: label}. What is ticked stays in the list.
    """

    SEARCH, ALL = "tim", "tat-ca"
    GROUPS = [("", "Mọi tổ chức"), ("co-so", "Tổ chức cơ sở đảng"), ("truc-thuoc", "Tổ chức trực thuộc cơ sở")]

    tim = CleanFormField(label="Tìm tổ chức", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    nhom = forms.ChoiceField(label="Chỉ hiện", choices=GROUPS, required=False)
    to_chuc = forms.MultipleChoiceField(label="Tổ chức được kiểm tra, giám sát", error_messages=NO_ONE)

    def __init__(self, *args, places, labels, **kwargs):
        super().__init__(*args, **kwargs)
        self.places, self.labels = places, labels
        self.fields["to_chuc"].choices = [(str(s.organization_id), labels[s.organization_id]) for s in places]

    def _value(self, name):
        """What stands in a field, sent or not."""
        return self[name].value() or ""

    @property
    def ticked(self):
        return set(self._value("to_chuc"))

    def shown(self):
        """[(id, label, whether it is ticked)]: those that match the search, and all that are ticked."""
        text, group, ticked = self._value("tim"), self._value("nhom"), self.ticked
        return [
            (pk, label, pk in ticked)
            for pk, label, grassroots in self._offered()
            if pk in ticked
            or (holds(search_key(label), text) and group in ("", "co-so" if grassroots else "truc-thuoc"))
        ]

    def _offered(self):
        for spell in self.places:
            yield str(spell.organization_id), self.labels[spell.organization_id], spell.kind in GRASSROOTS

    @classmethod
    def searched(cls, sent, **more):
        """The form as it was typed, unjudged, with what the search finds; all that is shown ticked if that was asked."""
        typed = {name: sent.getlist(name) if name == "to_chuc" else sent.get(name, "") for name in cls.base_fields}
        form = cls(initial=typed, **more)
        if sent.get("tim_kiem") != cls.ALL:
            return form
        return cls(initial=typed | {"to_chuc": [pk for pk, _, _ in form.shown()]}, **more)


class AddForm(PickForm):
    trong_ke_hoach = forms.BooleanField(label="Bổ sung vào kế hoạch năm", required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Bổ sung từ ngày"


class PlanForm(PickForm):
    """One inspection with its organizations. `years`: those it may belong to."""

    nam = forms.TypedChoiceField(label="Năm", coerce=int)
    loai = forms.ChoiceField(label="Loại", choices=Inspection.Kind.choices)
    noi_dung = CleanFormField(label="Nội dung", max_length=300)
    trong_ke_hoach = forms.BooleanField(label="Có trong kế hoạch năm", required=False, initial=True)
    xong_ngay = DayField(label="Đã hoàn thành ngày", required=False, help_text="Để trống nếu chưa làm.")

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [(year, str(year)) for year in years]
        self.fields["tu_ngay"].label = "Kế hoạch, việc này có từ ngày"
        self.order_fields(["nam", "loai", "noi_dung", "trong_ke_hoach", "to_chuc", "tim", "nhom", "xong_ngay"])


class LetterForm(LightActForm):
    """A letter as it is received, or as it should have been entered. `places`: [(organization id, label)]."""

    so_don = CodeFormField(label="Số đơn", max_length=40)
    to_chuc = forms.ChoiceField(
        label="Tổ chức có đảng viên bị tố cáo", error_messages=NO_ONE | {"required": "Hãy chọn tổ chức."}
    )
    han = DayField(label="Hạn giải quyết")

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].choices = [("", "Chọn tổ chức"), *places]
        self.fields["tu_ngay"].label = "Nhận ngày"
        self.order_fields(["so_don", "to_chuc", "tu_ngay", "han"])


class CorrectLetterForm(OpenedForm, LetterForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ly_do"].required = True
        self.fields["ly_do"].label = "Lý do sửa"

    def act(self, user):
        """What is corrected holds from the day it is corrected on; the day typed is that of the letter."""
        return super().act(user) | {"on": clock.today()}


class AcceptForm(LightActForm):
    han = DayField(label="Hạn giải quyết", help_text="Tính từ ngày thụ lý.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Thụ lý ngày"
        self.order_fields(["tu_ngay", "han"])


class ExtendForm(ActForm):
    han = DayField(label="Hạn mới")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Gia hạn từ ngày"


class ResolveForm(LightActForm):
    ket_qua = forms.ModelChoiceField(
        Result.objects.all(),
        label="Kết quả",
        empty_label="Chọn kết quả",
        error_messages={"required": "Hãy chọn kết quả."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Giải quyết xong ngày"
        self.fields["ly_do"].help_text = "Cần ghi khi sửa một kết quả đã ghi."


class ForwardForm(LightActForm):
    noi_nhan = CleanFormField(label="Chuyển đến", max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tu_ngay"].label = "Chuyển ngày"
