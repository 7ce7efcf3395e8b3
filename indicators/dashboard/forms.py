"""Query string of the dashboard."""

from django import forms

from indicators.lenses.series import NOW
from organizations.models import Kind


class DashboardForm(forms.Form):
    """Query string of the dashboard: the indicator ranked (`xep`, a group's code), the kind of organization (`loai`), whether
    only those that fall short (`thieu`), the lens of the years (`goc`).
    """

    xep = forms.ChoiceField(label="Nhóm chỉ tiêu", required=False)
    loai = forms.ChoiceField(label="Loại hình tổ chức", required=False)
    thieu = forms.BooleanField(label="Chỉ nơi còn thiếu", required=False)
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
