import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from ledger import numbers

from .models import Status
from .roll import is_probationary


class PeopleTable(tables.Table):
    """The roll: rows of members.roll.roll. `names`: {organization id: label}; `day`: the day."""

    title = "Danh sách đảng viên"

    name = tables.Column("Họ và tên", accessor="member__full_name", order_by=("member__sort_key", "member_id"))
    born = tables.Column("Sinh", accessor="member__born", order_by=("member__birth_date",))
    sex = tables.Column("Giới tính", accessor="member__get_sex_display", order_by=("member__sex",))
    ethnic = tables.Column(
        "Dân tộc", accessor="member__ethnic_group__name", order_by=("member__ethnic_group__sort_key",)
    )
    cell = tables.Column("Chi bộ", accessor="organization_id", order_by=("organization__code",))
    admitted = tables.Column("Vào Đảng", accessor="admitted_on")
    standing = tables.Column("Diện", accessor="pk", orderable=False)

    class Meta:
        order_by = ("name",)
        empty_text = "Không có đảng viên nào như vậy trong danh sách vào ngày này."

    def __init__(self, *args, names, day, **kwargs):
        self.names, self.day = names, day
        super().__init__(*args, **kwargs)

    def render_name(self, record):
        return format_html('<a href="{}">{}</a>', reverse("member", args=[record.member_id]), record.member.full_name)

    def render_cell(self, value):
        return self.names[value]

    def render_admitted(self, value):
        return numbers.day(value)

    def render_standing(self, record):
        standing = "dự bị" if is_probationary(record) else "chính thức"
        return f"{standing}; {Status.Kind(record.status).label.lower()}" if record.status else standing
