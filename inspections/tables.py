import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from ledger import numbers
from ledger.web.columns import SLIM, TEXT, DayColumn

from .letters.list import state_in_words


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
        return numbers.day(value) if value else "chưa"


class LetterTable(tables.Table):
    """Letters as inspections/letters/list.py gives them on `day`. `names`: {organization id: label of the day}."""

    title = "Đơn thư tố cáo"

    number = tables.Column("Số đơn", order_by=("number", "pk"), attrs=SLIM)
    place = tables.Column("Tổ chức", accessor="organization_id", order_by=("organization__code", "pk"), attrs=TEXT)
    received_on = DayColumn("Nhận ngày", order_by=("received_on", "pk"))
    accepted_on = DayColumn("Thụ lý ngày", order_by=("accepted_on", "pk"))
    due_on = DayColumn("Hạn giải quyết", accessor="due_then", order_by=("due_then", "pk"))
    state = tables.Column("Tình trạng", empty_values=(), orderable=False, attrs=TEXT)

    class Meta:
        order_by = ()
        default = "–"
        empty_text = "Không có đơn thư nào như vậy."

    def __init__(self, *args, names, day, **kwargs):
        self.names, self.day = names, day
        super().__init__(*args, **kwargs)

    def render_number(self, record):
        return format_html('<a class="tap" href="{}">{}</a>', reverse("letter", args=[record.file_id]), record.number)

    def render_place(self, value):
        return self.names.get(value, "–")

    def render_accepted_on(self, value):
        return numbers.day(value) if value <= self.day else "–"

    def render_state(self, record):
        return state_in_words(record, self.day)
