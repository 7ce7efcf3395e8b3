from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError

from ledger import clock
from ledger.fields import CleanFormField
from ledger.numbers import day_in_words
from ledger.web.forms import DayField


class DayForm(forms.Form):
    """Query string of a page that can be looked at on any day of its year: `ngay`."""

    ngay = DayField(
        label="Vào ngày",
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "ngày/tháng/năm"}),
        error_messages={"invalid": "Hãy nhập ngày có thật, ví dụ 15/06/2017."},
    )

    def __init__(self, data, *, year):
        super().__init__(data)
        self.year = year

    def clean_ngay(self):
        day = self.cleaned_data["ngay"]
        if day and day.year != self.year:
            raise ValidationError(f"Ngày {day_in_words(day)} không thuộc năm {self.year}. Hãy chọn năm ở trên trước.")
        if day and day > clock.today():
            raise ValidationError(f"Ngày {day_in_words(day)} còn ở phía trước.")
        return day

    @property
    def day(self):
        """The day asked for; None for the last of the year, or today."""
        return self.cleaned_data.get("ngay") if self.is_valid() else None

    @property
    def address(self):
        """The day asked for as a query string, for what leads on to another look at it; "" for none."""
        return urlencode({"ngay": day_in_words(self.day)}) if self.day else ""


class TreeForm(DayForm):
    """Query string of the tree: `ngay`, and `tim`, part of a name or code, without accents."""

    tim = CleanFormField(
        label="Tìm tổ chức",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "ví dụ: y te"}),
    )

    @property
    def text(self):
        self.is_valid()
        return self.cleaned_data.get("tim", "")


class BalanceForm(forms.Form):
    """Query string of the balance sheet: the period (`ky`) and the cell opened (`o`, a code; `dong`, a column)."""

    HALF = "6-thang"

    ky = forms.ChoiceField(
        label="Kỳ",
        required=False,
        choices=[("", "Cả năm"), (HALF, "6 tháng đầu năm")],
        error_messages={"invalid_choice": "Chỉ có cả năm và 6 tháng đầu năm; đang hiện cả năm."},
    )
    o = CleanFormField(required=False, widget=forms.HiddenInput())
    dong = CleanFormField(required=False, widget=forms.HiddenInput())

    @property
    def half(self):
        return self.is_valid() and self.cleaned_data["ky"] == self.HALF
