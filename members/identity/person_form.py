"""What is typed about a person, alike on the form that amends a record and on those that enter somebody new."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from ledger.fields import CleanFormField
from ledger.text import date_text, number_text
from ledger.web.forms import DayField, PaperForm
from members.models import (
    CARD_NUMBER,
    EthnicGroup,
    Member,
    Precision,
    Qualification,
    Religion,
    Sex,
    Theory,
    born_text,
)

from .ages import why_no_birth
from .names import NamesForm


class BirthDayField(DayField):
    """A day of birth known to the day."""

    def why_impossible(self, day):
        return why_no_birth(day)


class BirthField(forms.CharField):
    """A day, or as much of it as is known: 15/06/1980, 06/1980, 1980 → (date, Precision)."""

    WRONG = "Ngày sinh không đúng. Hãy viết ngày/tháng/năm; chỉ biết tháng thì 06/1980, chỉ biết năm thì 1980."

    def __init__(self, **kwargs):
        super().__init__(
            help_text="Ví dụ 15/06/1980; chỉ biết tháng thì 06/1980; chỉ biết năm thì 1980.",
            widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "ngày/tháng/năm"}),
            max_length=20,
            **kwargs,
        )

    def prepare_value(self, value):
        return born_text(*value) if isinstance(value, tuple) else value

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != date_text(data)

    def to_python(self, value):
        parts = re.split(r"[/.-]", super().to_python(date_text(value)))
        if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdecimal() for part in parts):
            raise ValidationError(self.WRONG)
        if len(parts[-1]) != 4 or any(len(part) > 2 for part in parts[:-1]):
            raise ValidationError(self.WRONG)
        try:
            day = date(*[int(part) for part in reversed(parts)], *([1] * (3 - len(parts))))
        except ValueError:
            raise ValidationError(self.WRONG) from None
        if fault := why_no_birth(day):
            raise ValidationError(fault)
        return day, (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]


class PersonForm(NamesForm, PaperForm):
    """The person, with the numbers and the schooling that the register keeps."""

    ho_ten = CleanFormField(label="Họ và tên", max_length=120)
    ten_khai_sinh = CleanFormField(label="Tên khai sinh (nếu khác)", max_length=120, required=False)
    ten_goi = CleanFormField(
        label="Tên gọi (khi không phải từ cuối)",
        max_length=40,
        required=False,
        help_text="Dùng để xếp thứ tự, ví dụ Kator trong “Kator Chamaléa”.",
    )
    gioi_tinh = forms.ChoiceField(label="Giới tính", choices=[("", "Chọn"), *Sex.choices])
    ngay_sinh = BirthField(label="Ngày sinh")
    dan_toc = forms.ModelChoiceField(
        EthnicGroup.objects.all(), label="Dân tộc", to_field_name="code", empty_label="Chọn"
    )
    ton_giao = forms.ModelChoiceField(
        Religion.objects.all(), label="Tôn giáo", required=False, to_field_name="code", empty_label="không ghi"
    )
    so_the = CleanFormField(
        label="Số thẻ đảng viên", required=False, max_length=20, help_text="8 chữ số, hoặc 12 chữ số nếu đã đổi thẻ."
    )
    chuyen_mon = forms.TypedChoiceField(label="Chuyên môn", choices=Qualification.choices, coerce=int)
    ly_luan = forms.TypedChoiceField(label="Lý luận chính trị", choices=Theory.choices, coerce=int)
    nghe_nghiep = CleanFormField(label="Nghề nghiệp, vị trí", max_length=120, required=False)

    COLUMNS = {
        "ho_ten": "full_name",
        "ten_khai_sinh": "birth_name",
        "ten_goi": "given_name",
        "gioi_tinh": "sex",
        "dan_toc": "ethnic_group",
        "ton_giao": "religion",
        "so_the": "card_number",
        "chuyen_mon": "qualification",
        "ly_luan": "theory",
        "nghe_nghiep": "occupation",
    }
    PERSON: tuple[str, ...] = (
        "ho_ten",
        "ten_khai_sinh",
        "ten_goi",
        "chu_hoa",
        "gioi_tinh",
        "ngay_sinh",
        "dan_toc",
        "ton_giao",
    )
    PERSON += ("so_the", "chuyen_mon", "ly_luan", "nghe_nghiep")
    NAMES = ("ho_ten", "ten_khai_sinh", "ten_goi")

    def clean_so_the(self):
        card = number_text(self.cleaned_data["so_the"])
        if card:
            CARD_NUMBER(card)
        return card

    def columns(self, only=None):
        """{column of Member: value typed}. `only`: names of the fields wanted."""
        data = self.cleaned_data
        values = {
            column: data[name]
            for name, column in self.COLUMNS.items()
            if name in data and (only is None or name in only)
        }
        if "ngay_sinh" in data and (only is None or "ngay_sinh" in only):
            values["birth_date"], values["birth_precision"] = data["ngay_sinh"]
        return values

    def person(self):
        return Member(**self.columns())

    @classmethod
    def initial_of(cls, member):
        initial = {name: getattr(member, column) for name, column in cls.COLUMNS.items()}
        initial |= {"dan_toc": member.ethnic_group.code, "ton_giao": member.religion.code if member.religion else ""}
        return initial | {"ngay_sinh": (member.birth_date, member.birth_precision)}

    def _group(self, names):
        return [self[name] for name in names if name in self.fields and not self[name].is_hidden]

    @property
    def person_fields(self):
        return self._group(self.PERSON)

    @property
    def paper_fields(self):
        return self._group(self.PAPER)

    @property
    def has_paper(self):
        """Whether something of the paper was typed, or is wrong."""
        return any(field.errors or (self.is_bound and field.value()) for field in self.paper_fields)

    @property
    def other_fields(self):
        return self._group(name for name in self.fields if name not in (*self.PERSON, *self.PAPER))
