"""Query string of the ranking on the page of a group."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from organizations.models import Kind, OrganizationSpell


class RankingForm(forms.Form):
    """The kind of organization (`loai`), and whether only those that fall short (`thieu`)."""

    loai = forms.ChoiceField(label="Loại hình tổ chức", required=False)
    thieu = forms.BooleanField(label="Chỉ nơi còn thiếu", required=False)

    def __init__(self, query: QueryDict, *, children: Iterable[OrganizationSpell]) -> None:
        super().__init__(query)
        kinds = sorted({spell.kind for spell in children}, key=list(Kind).index)
        self.fields["loai"].choices = [("", "Tất cả"), *((k, Kind(k).label) for k in kinds)]
        self.fields["loai"].error_messages["invalid_choice"] = "“%(value)s” không có trong danh sách; đang hiện tất cả."
        self.is_valid()

    @property
    def kind(self) -> str:
        return str(self.cleaned_data.get("loai") or "")

    @property
    def only_short(self) -> bool:
        return bool(self.cleaned_data.get("thieu"))
