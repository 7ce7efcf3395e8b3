"""The table of letters."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from ledger import numbers
from ledger.web.columns import SLIM, TEXT, DayColumn

from .letter_list import state_in_words


class LetterTable(tables.Table):
    """Letters as inspections/letters/letter_list.py gives them on `day`. `names`: {organization id: label of the day}."""

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
        return numbers.day_in_words(value) if value <= self.day else "–"

    def render_state(self, record):
        return state_in_words(record, self.day)
