"""A form with one field of each kind, for the page that shows how they look. Nothing of it is kept."""

from django import forms

from ledger.fields import CleanFormField, LinesFormField
from ledger.web.forms import DayField

CHOICES = [("1", "Chọn một"), ("2", "Chọn khác")]


class EachFieldForm(forms.Form):
    chu = CleanFormField(label="Ô chữ", help_text="Lời dẫn đứng dưới ô.")
    ngay = DayField(label="Ô ngày")
    so = forms.IntegerField(label="Ô số", min_value=0)
    chon = forms.ChoiceField(label="Danh sách", choices=CHOICES)
    vong = forms.ChoiceField(label="Chọn một trong vài", choices=CHOICES, widget=forms.RadioSelect)
    dau = forms.BooleanField(label="Ô đánh dấu", required=False)
    doan = LinesFormField(label="Đoạn chữ", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
