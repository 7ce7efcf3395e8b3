"""Forms that the pages of inspections and of letters share."""

from django import forms

from ledger.fields import LinesFormField
from ledger.web.forms import LightActForm

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


class TieForm(forms.Form):
    """Which disciplines of members followed. `lines`: [("discipline-12", label)]; `luot`: the subject they followed from."""

    luot = forms.CharField(required=False, widget=forms.HiddenInput())
    dong = Lines(label="Kỷ luật đã ghi")

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dong"].choices = lines


class UndoActForm(forms.Form):
    viec_so = forms.IntegerField(widget=forms.HiddenInput())
    ly_do = LinesFormField(label="Lý do hủy", max_length=500)
