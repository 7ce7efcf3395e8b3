"""Shape of what is typed about the discipline of organizations."""

from django import forms

from inspections.models import OrganizationDiscipline
from ledger.web.forms import ActForm


class OrganizationDisciplineForm(ActForm):
    to_chuc = forms.ChoiceField(label="Tổ chức bị kỷ luật")
    hinh_thuc = forms.TypedChoiceField(label="Hình thức", choices=OrganizationDiscipline.Kind.choices, coerce=int)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_chuc"].choices = lines
        self.fields["tu_ngay"].label = "Ngày quyết định"
