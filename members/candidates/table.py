"""The list of the pipeline: its table and the filters that act on it."""

import django_filters
import django_tables2 as tables
from django import forms
from django.urls import reverse
from django.utils.html import format_html

from ledger.fields import CleanFormField
from ledger.web.columns import BROAD, NAMED, SLIM, TEXT, DayColumn
from ledger.web.filter_chips import Chips, found
from members.models import WAITING, CandidateStep, Sex, Stage
from organizations import lineage

ALL = "tat-ca"
STAGES = [*((str(stage.value), stage.label) for stage in Stage), (ALL, "Cả người đã ra khỏi nguồn trong năm")]


class FoldedFilter(django_filters.Filter):
    field_class = CleanFormField

    def filter(self, queryset, value):
        return queryset.filter(found("folded", value))


class CandidateFilter(Chips, django_filters.FilterSet):
    """Query string of the pipeline: `ten` (folded search), `buoc` (a Stage or `tat-ca`), `doan` (youth union).

    Without `buoc` those who wait are listed.
    """

    ten = FoldedFilter(label="Tìm theo tên")
    buoc = django_filters.ChoiceFilter(
        label="Bước", choices=STAGES, method="by_stage", empty_label="Đang trong nguồn", widget=forms.RadioSelect
    )
    doan = django_filters.ChoiceFilter(
        label="Đoàn viên",
        choices=[("co", "Là đoàn viên"), ("khong", "Không")],
        method="by_youth",
        empty_label="Tất cả",
        widget=forms.RadioSelect,
    )

    SEEKS = "ten"
    FREQUENT = ("buoc", "doan")

    class Meta:
        model = CandidateStep
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.form.fields["ten"].widget = forms.TextInput(attrs={"type": "search", "placeholder": "Họ tên"})

    def filter_queryset(self, queryset):
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("buoc") else rows.filter(stage__in=WAITING)

    def by_stage(self, queryset, name, value):
        return queryset if value == ALL else queryset.filter(stage=value)

    def by_youth(self, queryset, name, value):
        return queryset.filter(youth=value == "co")


class CandidateTable(tables.Table):
    """Rows of pipeline.listed. `names`: {organization id: label}; `opens`: ids of the candidates whose page opens;
    `to_compare`: of those who may be somebody written already; `called`: {candidate id: name told from namesakes}.
    """

    title = "Người trong nguồn kết nạp"

    name = tables.Column("Họ và tên", order_by=("name_key", "pk"), attrs=NAMED)
    born = DayColumn("Sinh", order_by=("born", "pk"))
    sex = tables.Column("Giới tính", order_by=("sex", "name_key", "pk"), attrs=SLIM)
    youth = tables.Column("Đoàn viên", order_by=("youth", "name_key", "pk"), attrs=SLIM)
    cell = tables.Column(
        "Chi bộ", accessor="organization_id", order_by=("organization__code", "name_key", "pk"), attrs=BROAD
    )
    stage = tables.Column("Bước", order_by=("stage", "since", "pk"), attrs=TEXT)
    since = DayColumn("Từ ngày", order_by=("since", "pk"))

    class Meta:
        order_by = ("name",)
        empty_text = "Không có người nào như vậy trong nguồn kết nạp."

    def __init__(self, *args, names, **kwargs):
        self.names, self.opens, self.to_compare, self.called = names, frozenset(), frozenset(), {}
        super().__init__(*args, **kwargs)

    @property
    def shown(self):
        """Ids of the candidates on the page."""
        return [row.record.candidate_id for row in self.page.object_list]

    def render_name(self, record):
        name = self.called.get(record.candidate_id, record.name)
        if record.candidate_id not in self.opens:
            return name
        address = reverse("candidate", args=[record.candidate_id])
        if record.candidate_id not in self.to_compare:
            return format_html('<a href="{}">{}</a>', address, name)
        mark = (
            '<a href="{}">{}</a><br><a class="say" href="{}#doi-chieu">cần đối chiếu<span class="hush"> {}</span></a>'
        )
        return format_html(mark, address, name, address, name)

    def render_sex(self, value):
        return Sex(value).label

    def render_youth(self, value):
        return "có" if value else "không"

    def render_cell(self, value):
        return self.names[value]


def table_of(rows, day):
    cells = rows.order_by().values("organization").distinct()
    return CandidateTable(rows, names=lineage.labels(cells, day))
