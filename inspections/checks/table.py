import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from ledger import numbers
from ledger.web.columns import TEXT, DayColumn


class SubjectTable(tables.Table):
    """Subjects with `concluded_on`. `names`: {organization id: label of the day}."""

    title = "Các lượt kiểm tra, giám sát"

    what = tables.Column("Nội dung", accessor="inspection__title", order_by=("inspection__title", "pk"), attrs=TEXT)
    kind = tables.Column("Loại", accessor="inspection__get_kind_display", order_by=("inspection__kind", "pk"))
    place = tables.Column(
        "Tổ chức được kiểm tra", accessor="organization_id", order_by=("organization__code", "pk"), attrs=TEXT
    )
    conductor = tables.Column(
        "Do ai tiến hành",
        accessor="inspection__conductor_id",
        order_by=("inspection__conductor__code", "pk"),
        attrs=TEXT,
    )
    planned = tables.Column("Kế hoạch", order_by=("planned", "pk"))
    done_on = DayColumn("Hoàn thành", order_by=("done_on", "pk"), empty_values=())
    concluded_on = DayColumn("Kết luận", order_by=("concluded_on", "pk"))

    class Meta:
        order_by = ("what",)
        default = "–"
        empty_text = "Không có lượt kiểm tra, giám sát nào như vậy."

    def __init__(self, *args, names, **kwargs):
        self.names = names
        super().__init__(*args, **kwargs)

    def render_what(self, record):
        return format_html(
            '<a class="tap" href="{}">{}</a>',
            reverse("inspection", args=[record.inspection_id]),
            record.inspection.title,
        )

    def render_place(self, value):
        return self.names.get(value, "–")

    render_conductor = render_place

    def render_planned(self, value):
        return "trong kế hoạch" if value else "ngoài kế hoạch"

    def render_done_on(self, value):
        return numbers.day_in_words(value) if value else "chưa"
