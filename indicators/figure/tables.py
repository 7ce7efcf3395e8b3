"""The tables of indicators: rankings, contributions, and the rows behind each family of facts."""

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from indicators import measures
from ledger import numbers
from ledger.web.columns import BROAD, NAMED, RIGHT, SLIM, TEXT, DayColumn, classed
from ledger.web.marks import chip
from ledger.web.paging import paged
from members.identity.homonyms import tell_apart
from members.visibility import open_members
from organizations import lineage


class ContributionTable(tables.Table):
    """Rows: {name, name_key, note, numerator, denominator, rate, url}."""

    title = "Phần của từng tổ chức"

    name = tables.Column("Tổ chức", order_by=("name_key",), attrs=TEXT)
    numerator = tables.Column("Được tính", attrs=RIGHT)
    denominator = tables.Column("Mẫu số", attrs=RIGHT)
    rate = tables.Column("Tỷ lệ", attrs=RIGHT)

    class Meta:
        prefix = "gop-"
        order_by = ("-numerator",)

    def render_name(self, record):
        name = f"{record['name']} ({record['note']})" if record["note"] else record["name"]
        return format_html('<a href="{}">{}</a>', record["url"], name) if record["url"] else name

    def render_numerator(self, value):
        return numbers.group(value)

    render_denominator = render_numerator

    def render_rate(self, value):
        return numbers.percent(value, 1)


class RankingTable(tables.Table):
    """Rows: ranking.Rank. `year`, `group`: of the pages they lead to."""

    title = "Xếp hạng"

    name = tables.Column("Tổ chức", order_by=("name_key",), attrs=TEXT)
    length = tables.Column("So với chỉ tiêu", orderable=False, empty_values=(), attrs=classed("drawn"))
    value = tables.Column("Kết quả", order_by=("amount", "name_key"), attrs=RIGHT)
    fraction = tables.Column("Tử số/mẫu số", orderable=False, attrs=RIGHT)
    target = tables.Column("Chỉ tiêu", orderable=False, attrs=RIGHT)
    verdict = tables.Column("Kết luận", orderable=False)

    class Meta:
        prefix = "xep-"
        attrs = {"class": "bars ranking"}
        empty_text = "Không có tổ chức nào như vậy."

    def __init__(self, rows, *, year, group, **kwargs):
        self.year, self.group = year, group
        unused = [name for name in ("fraction", "length") if not any(getattr(row, name) for row in rows)]
        super().__init__(rows, exclude=unused, **kwargs)

    def render_name(self, record):
        url = reverse("indicator", args=[record.place.organization.code, self.year, self.group])
        return format_html('<a href="{}">{}</a>', url, record.name)

    def render_length(self, record):
        return render_to_string("indicators/figure/rank_bar.html", {"rank": record})

    def render_verdict(self, record):
        return chip(record.tone, record.mark, record.verdict)


class RowTable(tables.Table):
    """What every family of rows has: where, by its name of the day of the row, and why it is left out."""

    title = "Các dòng"

    place = tables.Column("Tổ chức", accessor="organization_id", order_by=("organization__code",), attrs=BROAD)
    why = tables.Column("Vì sao không tính", attrs=TEXT)

    class Meta:
        prefix = "dong-"
        sequence: tuple[str, ...] = ("...", "place", "why")
        empty_text = "Không có dòng nào."

    def name_places(self):
        """Names the organizations of this page, in two queries."""
        shown = self.page.object_list.data
        self.places = lineage.labels_at((record.organization_id, record.day) for record in shown)

    def render_place(self, record):
        return self.places[record.organization_id, record.day]


class MemberRows(RowTable):
    """`opens`: ids of the people on this page whose record the reader may open; `called`: {id: name told from namesakes}."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.opens, self.called = frozenset(), {}

    name = tables.Column(
        "Họ và tên", accessor="member__full_name", order_by=("member__sort_key", "member_id"), attrs=NAMED
    )

    class Meta(RowTable.Meta):
        order_by = ("name",)
        sequence = ("name", "...", "place", "why")

    def let_open(self, user):
        """Names the people on this page apart, by links where `user` may follow them. One query, without namesakes."""
        people = [record.member for record in self.page.object_list.data]
        self.opens = open_members(user, [person.pk for person in people])
        self.called = {person.pk: person.called for person in tell_apart(people, user)}

    def render_name(self, record, value):
        url, name = reverse("member", args=[record.member_id]), self.called.get(record.member_id, value)
        return format_html('<a href="{}">{}</a>', url, name) if record.member_id in self.opens else name


class AdmissionRows(MemberRows):
    ceremony = DayColumn("Ngày làm lễ", accessor="ceremony")
    decided = DayColumn("Ngày quyết định", accessor="decided")
    youth = tables.Column("Đoàn viên", attrs=SLIM)

    class Meta(MemberRows.Meta):
        pass

    def render_youth(self, value):
        return "có" if value else "không"


class MemberRatingRows(MemberRows):
    decided = tables.Column("Mức", empty_values=(), attrs=TEXT)
    sheet = tables.Column("Phiếu", accessor="sheet__get_state_display", order_by=("sheet__state",))

    class Meta(MemberRows.Meta):
        pass

    def __init__(self, *args, labels=None, **kwargs):
        self.labels = labels or {}
        super().__init__(*args, **kwargs)

    def render_decided(self, record):
        return self.labels.get(record.decided, "–")


class OrganizationRatingRows(RowTable):
    level = tables.Column("Mức", empty_values=())
    exemplary = tables.Column("Tiêu biểu")
    task = tables.Column("Nhiệm vụ chính trị", empty_values=())

    class Meta(RowTable.Meta):
        order_by = ("place",)
        sequence = ("place", "...", "why")

    def __init__(self, *args, labels=None, **kwargs):
        self.labels = labels or {}
        super().__init__(*args, **kwargs)

    def render_level(self, record):
        return self.labels.get(record.level, "–")

    def render_exemplary(self, value):
        return "có" if value else "–"

    def render_task(self, record):
        return record.get_task_display() or "–"


class SubjectRows(RowTable):
    title = tables.Column("Nội dung", accessor="inspection__title", attrs=TEXT)
    kind = tables.Column("Loại", accessor="inspection__get_kind_display", order_by=("inspection__kind",))
    done_on = DayColumn("Hoàn thành", accessor="done_on")

    class Meta(RowTable.Meta):
        order_by = ("title", "place")


class LetterRows(RowTable):
    number = tables.Column("Số đơn", attrs=SLIM)
    received = DayColumn("Nhận", accessor="received_on")
    accepted = DayColumn("Thụ lý", accessor="accepted_on")
    due = DayColumn("Hạn", accessor="due_on")
    resolved = DayColumn("Giải quyết xong", accessor="resolved_on")

    class Meta(RowTable.Meta):
        order_by = ("number",)


class OrganizationRows(RowTable):
    kind = tables.Column("Loại hình", accessor="get_kind_display", order_by=("kind",))

    class Meta(RowTable.Meta):
        order_by = ("place",)
        sequence = ("place", "...", "why")


ROWS = {
    measures.ADMISSIONS.code: AdmissionRows,
    measures.ADMISSIONS_DECIDED.code: AdmissionRows,
    measures.MEMBER_RATINGS.code: MemberRatingRows,
    measures.ORGANIZATION_RATINGS.code: OrganizationRatingRows,
    measures.SUBJECTS.code: SubjectRows,
    measures.LETTERS.code: LetterRows,
    measures.ORGANIZATIONS.code: OrganizationRows,
    measures.MEMBERS.code: MemberRows,
}


def row_table(indicator, rows, part, scheme):
    """The table for the family of facts of `indicator`; the reason column only where rows are left out."""
    facts = measures.MEASURES[indicator.numerator].facts
    options = {} if part == "khong-tinh" else {"exclude": ("why",)}
    if scheme and facts is measures.MEMBER_RATINGS:
        options["labels"] = {level.rank: level.member_label for level in scheme.levels.all()}
    if scheme and facts is measures.ORGANIZATION_RATINGS:
        options["labels"] = {level.rank: level.organization_label for level in scheme.levels.all()}
    return ROWS[facts.code](rows, **options)


def paged_rows(request, indicator, rows, part, scheme, prefix=""):
    """The page of `row_table` that the request asks for, people linked where their record opens to the reader."""
    table = row_table(indicator, rows, part, scheme)
    if prefix:
        table.prefix = prefix
    paged(request, table, per_page=20)
    table.name_places()
    if measures.MEASURES[indicator.numerator].facts.person:
        table.let_open(request.user)
    return table
