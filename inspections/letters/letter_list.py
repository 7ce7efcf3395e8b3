"""The letters of an organization in a year, by deadline; only for those who may see them (organizations/access.py)."""

from collections import Counter
from dataclasses import dataclass

import django_filters
from django import forms
from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from inspections.counted import CLOSING, NOT_DUE, NOT_IN_TIME, without
from inspections.custody import handed_on, lay_with, readable
from inspections.models import Forwarding, Letter
from inspections.verbs import LetterVerb
from ledger.numbers import day_in_words
from ledger.text import holds, search_key, sought
from ledger.web.filter_chips import Chips, WordsFilter
from organizations import lineage

WAITING, RUNNING, LATE, RESOLVED, PASSED, HANDED = "cho", "dang", "qua-han", "xong", "chuyen", "ban-giao"
STATES = {
    LATE: "Quá hạn, chưa giải quyết xong",
    RUNNING: "Đang giải quyết",
    WAITING: "Chờ thụ lý",
    RESOLVED: "Đã giải quyết xong",
    PASSED: "Đã chuyển",
    HANDED: "Đã bàn giao cho nơi khác",
}
OPEN = (LATE, RUNNING, WAITING)


def letters(scope):
    """Letters that ran at some time of the year, as `with_state` gives them, those still open first, by deadline.

    The letters of all it ever took over are its own to answer.
    """
    day = scope.page.day
    rows = readable(scope.page.user, lay_with(scope.answering, scope.first, day))
    rows = rows.filter(Q(resolved_on__isnull=True) | Q(resolved_on__gte=scope.first))
    rows = with_state(rows, day, kept=lay_with(scope.answering, day, day), handed_on=handed_on(scope.answering, day))
    return rows.filter(Q(forwarded_on__isnull=True) | Q(forwarded_on__gte=scope.first)).order_by(
        "closed", "due_then", "pk"
    )


def _placed(nodes):
    """Letters that stand and count below one of `nodes`."""
    placed = Letter.objects.filter(**lineage.stood_below("place", "place_on", nodes))
    return Letter.objects.standing().filter(pk__in=placed.values("pk"))


def with_state(rows, day, *, kept=None, handed_on=None):
    """`rows` of Letter as they stood on `day`: `due_then`, the deadline of that day, `state` (a key of STATES), `closed`
    (0 or 1), `forwarded_to`, `forwarded_on`.

    Where one looks from, and some may lie elsewhere by then: `kept`, those that do not; `handed_on`, a Subquery of the day.
    """
    passed = Forwarding.objects.standing().filter(file=OuterRef("file"), on__lte=day)
    gone = [] if kept is None else [When(~Q(pk__in=kept.values("pk")), then=Value(HANDED))]
    state = Case(
        *gone,
        When(forwarded_on__isnull=False, then=Value(PASSED)),
        When(resolved_on__lte=day, then=Value(RESOLVED)),
        When(due_then__lt=day, then=Value(LATE)),
        When(accepted_on__lte=day, then=Value(RUNNING)),
        default=Value(WAITING),
    )
    rows = rows.annotate(
        due_then=_due_on(day),
        forwarded_to=Subquery(passed.values("to")[:1]),
        forwarded_on=Subquery(passed.values("on")[:1]),
        handed_on=handed_on or Value(None, DateField()),
    ).annotate(state=state)
    return rows.annotate(closed=Case(When(state__in=OPEN, then=Value(0)), default=Value(1)))


def _due_on(day):
    """The deadline on `day`, before what an acceptance or an extension made of it later; what was corrected holds always."""
    versions = Letter._base_manager.filter(file=OuterRef("file"))
    waiting = versions.filter(accepted_on__isnull=True).order_by("-pk")
    later = versions.filter(voided__verb=LetterVerb.EXTEND, voided__on__gt=day, voided__undone__isnull=True)
    before = Case(
        When(accepted_on__gt=day, then=Subquery(waiting.values("due_on")[:1])),
        default=Subquery(later.order_by("voided__on", "pk").values("due_on")[:1]),
    )
    return Coalesce(before, F("due_on"))


@dataclass(frozen=True)
class Deadlines:
    """`counted`, `in_time`: as the target group DTTC counts them; `states`: [(key, label, n)] of the year's letters.

    `closed`: how many of those counted the reader may not open, for they lay with another bloc.
    """

    counted: int
    in_time: int
    closed: int
    states: list

    @property
    def open(self):
        return sum(n for key, _, n in self.states if key in OPEN)


def deadlines(scope):
    """Deadlines of the year: its own and those of whom it took over in that year, as its figures; states of all it answers for."""
    rows = _placed([scope.here, *scope.before]).annotate(closing=CLOSING)
    due = without(rows.filter(closing__range=(scope.first, scope.page.day)), NOT_DUE)
    by_state = Counter(letters(scope).order_by().values_list("state", flat=True))
    tally = [(key, label, by_state[key]) for key, label in STATES.items()]
    counted, open_ones = due.count(), readable(scope.page.user, due).count()
    return Deadlines(counted, without(due, NOT_IN_TIME).count(), counted - open_ones, tally)


def coming(scope):
    """Letters still open, the nearest deadline first."""
    return letters(scope).filter(state__in=OPEN).select_related("organization")


def state_in_words(letter, day):
    """How a letter of `letters` stands on `day`: "quá hạn 12 ngày", "giải quyết xong 05/05/2017, đúng hạn"."""
    if letter.state == HANDED:
        return f"đã bàn giao ngày {day_in_words(letter.handed_on)}"
    if letter.state == PASSED:
        return f"đã chuyển đến {letter.forwarded_to} ngày {day_in_words(letter.forwarded_on)}"
    if letter.state == RESOLVED:
        kept = "đúng hạn" if letter.resolved_on <= letter.due_then else "quá hạn"
        return f"giải quyết xong ngày {day_in_words(letter.resolved_on)}, {kept}"
    waiting = "chờ thụ lý, " if letter.accepted_on is None or letter.accepted_on > day else ""
    left = (letter.due_then - day).days
    if left < 0:
        return f"{waiting}quá hạn {-left} ngày"
    return f"{waiting}còn {left} ngày" if left else f"{waiting}hôm nay là hạn"


class LetterFilter(Chips, django_filters.FilterSet):
    """Query string of the list of letters: `tinh_trang`, `tim` (number or organization, folded)."""

    tim = WordsFilter(label="Tìm số đơn, tổ chức", method="by_words")
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=list(STATES.items()),
        field_name="state",
        empty_label="Tất cả",
        widget=forms.RadioSelect,
    )

    SEEKS = "tim"
    FREQUENT = ("tinh_trang",)

    class Meta:
        model = Letter
        fields: list[str] = []

    def __init__(self, *args, labels, **kwargs):
        self.labels = labels
        super().__init__(*args, **kwargs)
        self.form.fields["tim"].widget = forms.TextInput(attrs={"type": "search", "placeholder": "Số đơn hoặc tổ chức"})

    def by_words(self, queryset, name, value):
        named = [pk for pk, label in self.labels.items() if holds(search_key(label), value)]
        numbered = [pk for pk, number in queryset.values_list("pk", "number") if holds(search_key(number), value)]
        return queryset.filter(Q(pk__in=numbered) | Q(organization__in=named)) if sought(value) else queryset


def names(scope, rows):
    """{organization id: its label on the day} of `rows`, with a word for one the organization took over."""
    return scope.names({row.organization_id for row in rows})


def labels(scope):
    """{id: label} of all that may be searched for."""
    return lineage.labels(scope.below | scope.answering, scope.page.day)
