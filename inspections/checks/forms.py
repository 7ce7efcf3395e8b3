"""Shape of what is typed about inspections; what it means is judged by the verbs."""

from django import forms

from inspections.models import Inspection
from inspections.shared_forms import NO_ONE, LinesForm
from ledger.fields import CleanFormField, LinesFormField
from ledger.text import holds, search_key
from ledger.web.forms import DayField, LightActForm
from organizations.models import GRASSROOTS


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
