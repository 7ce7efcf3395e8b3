"""The ranking of the organizations below the one looked at."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from ledger.web.columns import RIGHT, TEXT
from ledger.web.marks import chip


class RankingTable(tables.Table):
    """Rows: dashboard.Rank. `year` for the links."""

    title = "Xếp hạng"

    name = tables.Column("Tổ chức", order_by=("name_key",), attrs=TEXT)
    value = tables.Column("Kết quả", order_by=("amount", "name_key"), attrs=RIGHT)
    fraction = tables.Column("Tử số/mẫu số", orderable=False, attrs=RIGHT)
    target = tables.Column("Chỉ tiêu", orderable=False, attrs=RIGHT)
    verdict = tables.Column("Kết luận", orderable=False)

    class Meta:
        prefix = "xep-"
        empty_text = "Không có tổ chức nào có số liệu này."

    def __init__(self, rows, *, year, **kwargs):
        self.year = year
        if not any(row.fraction for row in rows):
            kwargs["exclude"] = ("fraction",)
        super().__init__(rows, **kwargs)

    def render_name(self, record):
        url = reverse("dashboard", args=[record.place.organization.code, self.year])
        return format_html('<a href="{}">{}</a>', url, record.name)

    def render_verdict(self, record):
        return chip(record.tone, record.mark, record.verdict)
