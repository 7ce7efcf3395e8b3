import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from ledger import numbers
from ledger.text import within_sentence
from ledger.web.columns import BROAD, NAMED, SLIM, TIGHT, classed
from members.models import Post, Qualification, Theory, age_on
from members.roll.divisions import states_of
from members.roll.on_a_day import is_probationary

TIES = ("member__sort_key", "member_id")


def _column(label, accessor, *order, **more):
    """A column whose order is settled by the name and the key where rows are alike."""
    return tables.Column(label, accessor=accessor, order_by=(*order, *TIES), **more)


class PeopleTable(tables.Table):
    """The roll on `day`: rows of members.roll.roll. `places`: {organization id: (its spell, that of the one above)};
    `ranked`: rows carry `exactness`.

    `called`: {member id: what those with a namesake are called}. Rows carry `opens`: whether the person's page opens to
    the reader.
    """

    title = "Danh sách đảng viên"

    pick = tables.Column("Chọn", accessor="member_id", orderable=False, attrs=TIGHT)
    name = tables.Column("Họ và tên", accessor="member__full_name", attrs=NAMED)
    born = _column("Tuổi", "member__born", "member__birth_date", attrs=SLIM)
    sex = _column("Giới tính", "member__get_sex_display", "member__sex", attrs=SLIM)
    ethnic = _column("Dân tộc", "member__ethnic_group__name", "member__ethnic_group__sort_key", attrs=SLIM)
    religion = _column("Tôn giáo", "member__religion__name", "member__religion__sort_key")
    cell = _column("Chi bộ", "organization_id", "organization__code", attrs=BROAD)
    admitted = _column("Vào Đảng", "joined_on", "joined_on", attrs=SLIM)
    decided = _column("Quyết định kết nạp", "decided_on", "decided_on", attrs=SLIM)
    official = _column("Chính thức", "official_on", "official_on", attrs=SLIM)
    standing = tables.Column("Diện", accessor="pk", orderable=False, attrs=classed("standing"))
    qualification = _column("Chuyên môn", "qualification", "qualification")
    theory = _column("Lý luận chính trị", "theory", "theory")
    occupation = _column("Nghề nghiệp", "occupation", "occupation")
    post = _column("Chức vụ đảng", "post", "post")
    card = _column("Số thẻ", "card", "card", attrs=SLIM)

    ALWAYS = ("name",)
    USUAL = ("born", "sex", "ethnic", "cell", "admitted", "standing")

    class Meta:
        order_by = ("name",)
        attrs = {"class": "people"}
        empty_text = "Không có đảng viên nào như vậy trong danh sách vào ngày này."
        default = "–"

    def __init__(self, *args, places, day, called=None, ranked=False, **kwargs):
        self.places, self.day, self.called, self.ranked = places, day, called or {}, ranked
        super().__init__(*args, **kwargs)

    @classmethod
    def choices(cls):
        """[(name, label)] of the columns that may be shown or left out."""
        fixed = {"pick", *cls.ALWAYS}
        return [(name, column.verbose_name) for name, column in cls.base_columns.items() if name not in fixed]

    def order_name(self, queryset, is_descending):
        sign = "-" if is_descending else ""
        first = ["exactness"] if self.ranked else []
        return queryset.order_by(*first, *(sign + column for column in TIES)), True

    def _called(self, record):
        return self.called.get(record.member_id, record.member.full_name)

    def render_pick(self, record):
        return format_html(
            '<label class="tick"><input type="checkbox" name="chon" value="{}" aria-label="Chọn {}, sinh {}"></label>',
            record.member_id,
            self._called(record),
            record.member.born,
        )

    def render_name(self, record):
        name = self._called(record)
        if not record.opens:
            return name
        return format_html('<a href="{}">{}</a>', reverse("member", args=[record.member_id]), name)

    def render_born(self, record):
        person = record.member
        age = age_on(person.birth_date, person.birth_precision, self.day)
        return format_html('{} <small><span class="said">tuổi, sinh</span> {}</small>', age, person.born)

    def render_cell(self, value):
        here, above = self.places[value]
        if above is None or above.is_whole:
            return here.name
        return format_html("{}<small>{}</small>", here.name, above.name)

    def render_admitted(self, value):
        return numbers.day_in_words(value)

    render_official = render_decided = render_admitted

    def render_qualification(self, value):
        return Qualification(value).label

    def render_theory(self, value):
        return Theory(value).label

    def render_post(self, value):
        return Post.Kind(value).label

    def render_standing(self, record):
        states = [within_sentence(kind.label) for kind in states_of(record)]
        if is_probationary(record):
            return format_html("<b>{}</b>", "; ".join(["dự\u00a0bị", *states]))
        return (
            format_html('<span class="usual">{}</span>', "chính\u00a0thức")
            if not states
            else "; ".join(["chính\u00a0thức", *states])
        )
