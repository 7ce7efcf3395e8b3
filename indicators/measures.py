"""What is counted, and what is left out for which reason: the fixed registry (design §5, domain §6).

`counts`, `rows` and `excluded` come from one definition, so a number and the list behind it cannot disagree, and rows
and excluded are always all. A numerator is its denominator with more left out.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.lookups import Exact

from inspections.counted import CLOSING, NOT_DUE, NOT_IN_TIME, kept_on
from inspections.models import Inspection, InspectionSubject, Letter
from ledger.as_known import standing
from ledger.models import Spell
from members.models import Admission, Membership
from organizations.models import CELLS, GRASSROOTS, Kind, Organization, OrganizationSpell
from ratings.models import COUNTED, MemberRating, OrganizationRating

from .definitions import written
from .facts import Entries, Events, Facts, Known, StandingFacts, Window

NOT_EXEMPLARY = "không chọn tiêu biểu"
LeftOut = tuple[str | F, Q]  # (reason, condition)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """`left_out`: ((reason, condition), …), the first that fits is the reason; a reason is a text or an expression."""

    code: str
    name: str
    facts: Facts
    left_out: tuple[LeftOut, ...] = ()

    @property
    def why(self) -> Case:
        """Expression: the reason why a row is left out, "" when it counts."""
        branches = [When(q, then=Value(r) if isinstance(r, str) else r) for r, q in self.left_out]
        return Case(*branches, default=Value(""), output_field=CharField())

    @property
    def definition(self) -> str:
        """Tells one definition from another: the family with its version, and what is left out for which reason."""
        text = f"{self.facts.code} {self.facts.version} {written(self.left_out)}"
        return sha256(text.encode()).hexdigest()[:16]

    def reads(self, column: str) -> bool:
        """Whether one of its conditions looks at `column`."""
        return any(column in _columns(condition) for _, condition in self.left_out)

    def but(self, code: str, name: str, *more: LeftOut) -> "Measure":
        return Measure(code=code, name=name, facts=self.facts, left_out=self.left_out + more)

    def is_part_of(self, whole: "Measure") -> bool:
        """Whether it is `whole` with more left out: what it counts, `whole` counts too."""
        return self.facts is whole.facts and set(whole.left_out) < set(self.left_out)

    def all(self, organization: Organization, window: Window, also: Iterable[int] = ()) -> QuerySet[Any]:
        """All rows at `organization` in `window`, each with `why`; no rows when the window looks at none.

        `also`: ids of organizations whose rows it answers for.
        """
        for rows in self.facts.placed([window]):
            return rows.filter(node__in=[organization.pk, *also]).annotate(why=self.why)
        return self.facts.rows(None).none().annotate(why=Value("", CharField()))

    def rows(self, organization: Organization, window: Window, also: Iterable[int] = ()) -> QuerySet[Any]:
        return self.all(organization, window, also).filter(why="")

    def excluded(self, organization: Organization, window: Window, also: Iterable[int] = ()) -> QuerySet[Any]:
        return self.all(organization, window, also).exclude(why="")


def _columns(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _columns(child)
        else:
            yield child[0].split("__")[0]


def ids(measures: Iterable[Measure], window: Window) -> dict[tuple[str, int], list[int]]:
    """{(measure code, organization id): [ids of what is counted there, in order]} at every organization."""
    pks = defaultdict(list)
    measures = list({m.code: m for m in measures}.values())
    placed = {facts: list(facts.placed([window])) for facts in dict.fromkeys(m.facts for m in measures)}
    for m in measures:
        for rows in placed[m.facts]:
            counted = rows.annotate(why=m.why).filter(why="").order_by(m.facts.identity)
            for node, pk in counted.values_list("node", m.facts.identity):
                pks[m.code, node].append(pk)
    return dict(pks)


def counts(
    measures: Iterable[Measure], windows: Collection[Window], *, nodes: Iterable[int], by: str = "node"
) -> Counter[tuple[str, int, int]]:
    """{(measure code, node, year): n}, in one query a family of facts, whatever the number of nodes and years.

    `by="via"` with one node: {(code, via, year): n}, the parts of that node.
    """
    totals: Counter[tuple[str, int, int]] = Counter()
    measures = list({m.code: m for m in measures}.values())
    for facts in dict.fromkeys(m.facts for m in measures):
        mine = [m for m in measures if m.facts is facts]
        tallies = {f"n{i}": Count("pk", filter=Q(Exact(m.why, Value("")))) for i, m in enumerate(mine)}
        parts = [
            rows.filter(node__in=nodes).order_by().values_list(by, "in_year").annotate(**tallies)
            for rows in facts.placed(windows)
        ]
        if not parts:
            continue
        for node, year, *tally in parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]:
            for measure, n in zip(mine, tally, strict=True):
                totals[measure.code, node, year] += n
    return totals


def _admissions(known: Known) -> QuerySet[Admission]:
    return Admission.objects.filter(standing(known), organization__isnull=False)


def _letters(known: Known) -> QuerySet[Letter]:
    return Letter.objects.filter(standing(known)).annotate(closing=CLOSING)


def _member_ratings(known: Known) -> QuerySet[MemberRating]:
    """Of whole years."""
    return MemberRating.objects.filter(standing(known), on_roll=True, period__quarter__isnull=True)


def _organization_ratings(known: Known) -> QuerySet[OrganizationRating]:
    """Of whole years."""
    grassroots_alone = {"tier": OrganizationRating.Tier.GRASSROOTS, "period__quarter__isnull": True}
    return OrganizationRating.objects.filter(standing(known), **grassroots_alone)


def _subjects(known: Known) -> QuerySet[InspectionSubject]:
    return InspectionSubject.objects.filter(standing(known), standing(known, "inspection__"))


def _organizations(window: Window) -> QuerySet[OrganizationSpell]:
    finance = _subjects(window.known).filter(
        inspection__kind=Inspection.Kind.FINANCE, done_on__gte=window.first, done_on__lte=window.last
    )
    return _on(OrganizationSpell, window).annotate(
        finance=Case(When(organization__in=finance.values("organization"), then=Value(1)), default=Value(0))
    )


def _memberships(window: Window) -> QuerySet[Membership]:
    return _on(Membership, window)


def _on(model: type[Spell], window: Window) -> QuerySet[Any]:
    """Spells that hold on the last day of the window, as known to it."""
    return model.objects.filter(standing(window.known), starts__lte=window.last, ends__gt=window.last)


ADMISSIONS = Events(code="admissions", rows=_admissions, day="ceremony", person="member_id")
ADMISSIONS_DECIDED = Events(
    code="admissions_decided", rows=_admissions, day="decided", place="ceremony", person="member_id"
)
MEMBER_RATINGS = Entries(
    code="member_ratings", rows=_member_ratings, year="period__year", ratings=True, person="member_id"
)
ORGANIZATION_RATINGS = Entries(
    code="organization_ratings", rows=_organization_ratings, year="period__year", ratings=True
)


def _as_locked(rows: Callable[[Known], QuerySet[Any]]) -> Callable[[Known], QuerySet[Any]]:
    """As known at the lock of the period: a correction's new row is not there yet, the row it voided still stands."""
    return lambda known: rows(F("period__locked"))


LOCKED = {
    facts: Entries(code=f"{facts.code}_locked", rows=_as_locked(facts.rows), year=facts.year, ratings=True)
    for facts in (MEMBER_RATINGS, ORGANIZATION_RATINGS)
}


def as_locked(measure: Measure) -> Measure | None:
    """`measure` counted as known when the period was locked; None for one that no correction touches."""
    return replace(measure, facts=LOCKED[measure.facts]) if measure.facts in LOCKED else None


SUBJECTS = Entries(
    code="subjects",
    rows=_subjects,
    year="inspection__year",
    organization="inspection__conductor",
    own=True,
    kept=kept_on(F("day")),
)
# The organization stood when the letter came, or was handed over; it may have ended before the letter was resolved.
LETTERS = Events(code="letters", rows=_letters, day="closing", organization="place", place="place_on")
ORGANIZATIONS = StandingFacts(code="organizations", rows=_organizations, identity="organization_id", reads=("kind",))
MEMBERS = StandingFacts(code="members", rows=_memberships, identity="member_id", person="member_id")

_again = (("kết nạp lại, phục hồi đảng tịch", ~Q(kind=Admission.Kind.ADMITTED)),)
_not_youth = ("không phải đoàn viên khi kết nạp", Q(youth=False))
admitted = Measure(code="admitted", name="Đảng viên mới kết nạp (theo ngày làm lễ)", facts=ADMISSIONS, left_out=_again)
admitted_youth = admitted.but("admitted_youth", "Đảng viên mới là đoàn viên thanh niên", _not_youth)
admitted_decided = Measure(
    code="admitted_decided",
    name="Đảng viên mới kết nạp (theo ngày quyết định)",
    facts=ADMISSIONS_DECIDED,
    left_out=_again,
)
admitted_decided_youth = admitted_decided.but(
    "admitted_decided_youth", "Đảng viên mới là đoàn viên thanh niên (theo ngày quyết định)", _not_youth
)

rated = Measure(
    code="rated",
    name="Đảng viên được xếp loại",
    facts=MEMBER_RATINGS,
    left_out=(
        ("phiếu chưa quyết định", ~Q(sheet__state__in=COUNTED)),
        (F("reason__label"), Q(reason__isnull=False)),
        ("chưa xếp loại", Q(decided__isnull=True)),
    ),
)
rated_good = rated.but(
    "rated_good", "Đảng viên hoàn thành tốt nhiệm vụ trở lên", ("dưới mức hoàn thành tốt", Q(decided__gt=2))
)
rated_top = rated.but("rated_top", "Đảng viên hoàn thành xuất sắc nhiệm vụ", ("dưới mức xuất sắc", Q(decided__gt=1)))
rated_levels = tuple(
    rated.but(f"rated_{rank}", f"Đảng viên xếp mức {rank}", ("mức khác", ~Q(decided=rank))) for rank in (1, 2, 3, 4)
)

organizations_rated = Measure(
    code="organizations_rated",
    name="Tổ chức cơ sở đảng được xếp loại",
    facts=ORGANIZATION_RATINGS,
    left_out=((F("reason__label"), Q(reason__isnull=False)), ("chưa xếp loại", Q(level__isnull=True))),
)
organizations_top = organizations_rated.but(
    "organizations_top", "Tổ chức cơ sở đảng đạt mức cao nhất", ("dưới mức cao nhất", Q(level__gt=1))
)
organizations_good = organizations_rated.but(
    "organizations_good",
    "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên",
    ("dưới mức hoàn thành tốt", Q(level__gt=2)),
)
organizations_exemplary = organizations_top.but(
    "organizations_exemplary", "Tổ chức cơ sở đảng tiêu biểu", (NOT_EXEMPLARY, Q(exemplary=False))
)
organizations_levels = tuple(
    organizations_rated.but(f"organizations_{rank}", f"Tổ chức cơ sở đảng xếp mức {rank}", ("mức khác", ~Q(level=rank)))
    for rank in (1, 2, 3, 4)
)
tasks_entered = Measure(
    code="tasks_entered",
    name="Tổ chức cơ sở đảng đã có kết quả nhiệm vụ chính trị",
    facts=ORGANIZATION_RATINGS,
    left_out=(("chưa có kết quả", Q(task="")),),
)
tasks_done = tasks_entered.but(
    "tasks_done", "Tổ chức cơ sở đảng hoàn thành nhiệm vụ chính trị", ("không hoàn thành", Q(task="FAILED"))
)

planned = Measure(
    code="planned",
    name="Lượt kiểm tra, giám sát theo kế hoạch",
    facts=SUBJECTS,
    left_out=(
        ("kiểm tra tài chính, tính ở nhóm riêng", Q(inspection__kind=Inspection.Kind.FINANCE)),
        ("ngoài kế hoạch", Q(planned=False)),
    ),
)
_not_done = ("chưa hoàn thành", Q(done_on__isnull=True) | Q(done_on__gt=F("day")))
planned_done = planned.but("planned_done", "Lượt kiểm tra, giám sát theo kế hoạch đã hoàn thành", _not_done)
planned_inspections = planned.but(
    "planned_inspections", "Lượt kiểm tra theo kế hoạch", ("giám sát", Q(inspection__kind=Inspection.Kind.SUPERVISION))
)
planned_inspections_done = planned_inspections.but(
    "planned_inspections_done", "Lượt kiểm tra theo kế hoạch đã hoàn thành", _not_done
)
planned_supervisions = planned.but(
    "planned_supervisions", "Lượt giám sát theo kế hoạch", ("kiểm tra", Q(inspection__kind=Inspection.Kind.INSPECTION))
)
planned_supervisions_done = planned_supervisions.but(
    "planned_supervisions_done", "Lượt giám sát theo kế hoạch đã hoàn thành", _not_done
)

letters_due = Measure(
    code="letters_due",
    name="Đơn thư tố cáo đã thụ lý, đến hạn hoặc đã giải quyết",
    facts=LETTERS,
    left_out=NOT_DUE,
)
letters_in_time = letters_due.but("letters_in_time", "Đơn thư tố cáo giải quyết đúng hạn", *NOT_IN_TIME)

organizations_standing = Measure(code="organizations_standing", name="Tổ chức", facts=ORGANIZATIONS)
_not_grassroots = ("không phải tổ chức cơ sở đảng", ~Q(kind__in=GRASSROOTS))
grassroots = organizations_standing.but("grassroots", "Tổ chức cơ sở đảng", _not_grassroots)
committees = grassroots.but("committees", "Đảng bộ cơ sở", ("chi bộ cơ sở", Q(kind=Kind.CBCS)))
grassroots_cells = grassroots.but("grassroots_cells", "Chi bộ cơ sở", ("đảng bộ cơ sở", Q(kind=Kind.DBCS)))
cells = organizations_standing.but("cells", "Chi bộ", ("không phải chi bộ", ~Q(kind__in=CELLS)))
subordinate_cells = cells.but("subordinate_cells", "Chi bộ trực thuộc", ("chi bộ cơ sở", Q(kind=Kind.CBCS)))
finance_checked = grassroots.but(
    "finance_checked", "Tổ chức cơ sở đảng được kiểm tra tài chính", ("chưa kiểm tra", Q(finance=0))
)
members = Measure(code="members", name="Đảng viên", facts=MEMBERS)

REGISTRY = (
    admitted, admitted_youth, admitted_decided, admitted_decided_youth,
    rated, rated_good, rated_top, *rated_levels,
    organizations_rated, organizations_top, organizations_good, organizations_exemplary, *organizations_levels,
    tasks_entered, tasks_done,
    planned, planned_done, planned_inspections, planned_inspections_done, planned_supervisions, planned_supervisions_done,
    letters_due, letters_in_time,
    grassroots, committees, grassroots_cells, cells, subordinate_cells, finance_checked, members,
)  # fmt: skip
MEASURES = {measure.code: measure for measure in REGISTRY}
STRUCTURE = (grassroots, committees, grassroots_cells, cells, subordinate_cells, members)


def choices() -> list[tuple[str, str]]:
    """For a column that names a measure; a function, so that the registry is no migration's business."""
    return [(measure.code, measure.name) for measure in REGISTRY]
