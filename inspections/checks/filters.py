"""Query string of the list of inspections: whose, what kind, planned or not, done or not, and a folded search."""

import django_filters
from django import forms
from django.db.models import Q

from inspections.models import Inspection, InspectionSubject
from ledger.text import holds, search_key, sought
from ledger.web.filter_chips import Chips, WordsFilter, found

from .query_words import BY, DONE, KINDS_COUNTED, PLANNED

Kind = Inspection.Kind


class SubjectFilter(Chips, django_filters.FilterSet):
    """`do`, `loai`, `ke_hoach`, `xong`, `tim`. `scope`: of the page; `labels`: {organization id: label} to search in."""

    tim = WordsFilter(label="Tìm nội dung, tổ chức", method="by_words")
    do = django_filters.ChoiceFilter(
        label="Ai tiến hành",
        choices=[
            (BY.OWN, "Do tổ chức này tiến hành"),
            (BY.ANSWERED, "Do tổ chức này và nơi nó kế thừa tiến hành"),
            (BY.BELOW, "Do tổ chức trực thuộc tiến hành"),
            (BY.OTHERS, "Do cấp trên kiểm tra ở đây"),
        ],
        method="by_conductor",
        empty_label="Tất cả",
        widget=forms.RadioSelect,
    )
    loai = django_filters.ChoiceFilter(
        label="Loại",
        choices=[*Kind.choices, (KINDS_COUNTED, "Kiểm tra và giám sát")],
        method="by_kind",
        empty_label="Tất cả",
        widget=forms.RadioSelect,
    )
    ke_hoach = django_filters.ChoiceFilter(
        label="Kế hoạch",
        choices=[(PLANNED.YES, "Trong kế hoạch"), (PLANNED.NO, "Ngoài kế hoạch")],
        method="by_plan",
        empty_label="Tất cả",
        widget=forms.RadioSelect,
    )
    xong = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(DONE.YES, "Đã hoàn thành"), (DONE.NO, "Chưa hoàn thành")],
        method="by_state",
        empty_label="Tất cả",
        widget=forms.RadioSelect,
    )

    SEEKS = "tim"
    FREQUENT = ("do", "loai", "ke_hoach", "xong")

    class Meta:
        model = InspectionSubject
        fields: list[str] = []

    def __init__(self, *args, scope, labels, **kwargs):
        self.scope, self.labels = scope, labels
        super().__init__(*args, **kwargs)
        self.form.fields["tim"].widget = forms.TextInput(
            attrs={"type": "search", "placeholder": "Nội dung hoặc tổ chức"}
        )

    def by_words(self, queryset, name, value):
        if not sought(value):
            return queryset
        named = [pk for pk, label in self.labels.items() if holds(search_key(label), value)]
        return queryset.filter(found("inspection__search_key", value) | Q(organization__in=named))

    def by_conductor(self, queryset, name, value):
        scope = self.scope
        if value == BY.OWN:
            return queryset.filter(inspection__conductor__in=[scope.here, *scope.before])
        if value == BY.ANSWERED:
            return queryset.filter(inspection__conductor__in=scope.answering)
        if value == BY.BELOW:
            return queryset.filter(inspection__conductor__in=scope.below - {scope.here})
        return queryset.filter(organization__in=scope.seen).exclude(inspection__conductor__in=scope.seen)

    def by_kind(self, queryset, name, value):
        kinds = [Kind.INSPECTION, Kind.SUPERVISION] if value == KINDS_COUNTED else [value]
        return queryset.filter(inspection__kind__in=kinds)

    def by_plan(self, queryset, name, value):
        return queryset.filter(planned=value == PLANNED.YES)

    def by_state(self, queryset, name, value):
        done = Q(done_on__lte=self.scope.page.day)
        return (
            queryset.filter(done)
            if value == DONE.YES
            else queryset.filter(Q(done_on__isnull=True) | Q(done_on__gt=self.scope.page.day))
        )
