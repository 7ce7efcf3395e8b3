"""Shape of what is typed to found a bloc and to open a year."""

from django import forms
from django.core.exceptions import ValidationError

from ledger.fields import CleanFormField
from ledger.web.forms import DayField


class BlocForm(forms.Form):
    """First step of an empty installation: the bloc itself."""

    ten = CleanFormField(label="Tên Đảng bộ", max_length=200, help_text="Ví dụ: Đảng bộ Khối các cơ quan tỉnh.")
    ngay_thanh_lap = DayField(label="Ngày thành lập")


class YearForm(forms.Form):
    """Second step: the year, with its groups and its rating period. `blocs`: {code: spell} to choose from."""

    dang_bo = forms.ChoiceField(label="Của đảng bộ")
    nam = forms.IntegerField(label="Năm", min_value=2011, max_value=2100)
    giao_nhu_truoc = forms.BooleanField(
        label="Giao chỉ tiêu như năm trước",
        required=False,
        initial=True,
        help_text="Mức giao của từng tổ chức còn hoạt động, ở chỉ tiêu đo như cũ. Sửa được sau ở bảng giao chỉ tiêu.",
    )

    def __init__(self, *args, blocs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dang_bo"].choices = [(code, spell.name) for code, spell in blocs.items()]
        if len(blocs) == 1:
            del self.fields["dang_bo"]
        self.only = next(iter(blocs)) if len(blocs) == 1 else None

    def clean(self):
        data = super().clean()
        if not self.only:
            return data
        if self.data.get("dang_bo") not in (None, "", self.only):
            raise ValidationError("Đảng bộ đã chọn không còn thuộc quyền của đồng chí. Hãy mở lại trang.")
        return data | {"dang_bo": self.only}
