import django_filters
from django import forms
from django.db.models import Exists, OuterRef

from ledger.fields import CleanFormField
from ledger.text import search_key

from .models import Membership, Officialization, Qualification, Sex, Status

PROBATION = "du-bi"
STANDINGS = [
    ("chinh-thuc", "Chính thức"),
    (PROBATION, "Dự bị"),
    *((f"trang-thai-{kind.value}", kind.label) for kind in Status.Kind),
]


class NameFilter(django_filters.Filter):
    field_class = CleanFormField

    def filter(self, queryset, value):
        key = search_key(value)
        return queryset.filter(member__search_key__contains=key) if key else queryset


class PeopleFilter(django_filters.FilterSet):
    """Query string of the people page: `ten` (folded search), `gioi`, `trinh_do`, `dien` (official, on probation, a status)."""

    ten = NameFilter(label="Tìm theo tên")
    gioi = django_filters.ChoiceFilter(
        label="Giới tính", choices=Sex.choices, field_name="member__sex", empty_label="Tất cả"
    )
    trinh_do = django_filters.ChoiceFilter(
        label="Chuyên môn",
        choices=Qualification.choices,
        field_name="member__qualification",
        empty_label="Tất cả",
    )
    dien = django_filters.ChoiceFilter(label="Diện", choices=STANDINGS, method="by_standing", empty_label="Tất cả")

    class Meta:
        model = Membership
        fields = []

    def __init__(self, *args, day, **kwargs):
        self.day = day
        super().__init__(*args, **kwargs)
        self.form.fields["ten"].widget = forms.TextInput(attrs={"type": "search", "placeholder": "ví dụ: dang"})

    def chips(self):
        """[(name in the query string, "Giới tính: Nữ")] of the filters that act, each removable on its own."""
        found = []
        for name, value in (self.form.cleaned_data if self.form.is_valid() else {}).items():
            if value in (None, ""):
                continue
            labels = {str(key): label for key, label in getattr(self.form.fields[name], "choices", ())}
            found.append((name, f"{self.form.fields[name].label}: {labels.get(value, value)}"))
        return found

    def by_standing(self, queryset, name, value):
        if value.startswith("trang-thai-"):
            return queryset.filter(status=value.rpartition("-")[2])
        official = Exists(
            Officialization.objects.filter(voided__isnull=True, member=OuterRef("member"), on__lte=self.day)
        )
        return queryset.filter(~official) if value == PROBATION else queryset.filter(official)
