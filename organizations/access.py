"""What a user may see and do. The object and the right to it arrive together; nothing else decides (design §7)."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from ledger import clock

from . import lineage
from .models import Appointment, Kind, Lineage, Organization, Role, Succession

BLOC_ROLES = {Role.ORGANIZATION, Role.INSPECTION, Role.LEADER}
EDIT_TARGETS = {Role.ORGANIZATION}
CLOSE_FIGURES = {Role.ORGANIZATION}
SEE_LETTER_ROWS = {Role.INSPECTION, Role.LEADER}


class Capacity(StrEnum):
    """How a user stands to an organization."""

    CELL = "bí thư chi bộ"
    COMMITTEE = "đảng ủy cơ sở"
    DEPARTMENT = "Ban Tổ chức Đảng ủy Khối"
    INSPECTION = "Ủy ban Kiểm tra Đảng ủy Khối"
    LEADER = "lãnh đạo Đảng ủy Khối"


class Act(StrEnum):
    """What is done about ratings (domain §2.5)."""

    RATE = "nhập xếp loại"
    PROPOSE = "đề nghị mức của tổ chức mình"
    SUBMIT = "nộp phiếu"
    ENDORSE = "thẩm định phiếu"
    DECIDE = "quyết định xếp loại đảng viên"
    RETURN = "trả lại phiếu"
    ACCEPT = "tiếp nhận phiếu"
    REOPEN = "trả lại phiếu đã quyết định"
    RATE_CELL = "quyết định xếp loại chi bộ trực thuộc"
    RATE_GRASSROOTS = "quyết định xếp loại tổ chức cơ sở đảng"
    CORRECT = "điều chỉnh sau khi khóa kỳ"
    MANAGE = "mở kỳ, đặt hạn, khóa kỳ"


class Keep(StrEnum):
    """What is kept in the registers, each with its own verbs (domain §2.5, §4)."""

    TREE = "sắp xếp tổ chức"
    RECORD = "sửa hồ sơ đảng viên"
    ROLL = "ghi kết nạp, chính thức, chuyển đến, ra khỏi danh sách"
    TRANSFER = "chuyển sinh hoạt đảng"
    STATE = "ghi trạng thái, chức vụ của đảng viên"
    DISCIPLINE = "ghi kỷ luật đảng viên"
    CANDIDATES = "ghi nguồn kết nạp"
    BADGES = "ghi Huy hiệu Đảng"
    INSPECTIONS = "ghi kiểm tra, giám sát"
    LETTERS = "ghi đơn thư tố cáo"


KEEPING_RIGHTS = {
    Keep.TREE: {Capacity.DEPARTMENT},
    Keep.RECORD: {Capacity.DEPARTMENT, Capacity.COMMITTEE},
    Keep.ROLL: {Capacity.DEPARTMENT},
    Keep.TRANSFER: {Capacity.DEPARTMENT, Capacity.COMMITTEE},
    Keep.STATE: {Capacity.DEPARTMENT, Capacity.COMMITTEE},
    Keep.DISCIPLINE: {Capacity.INSPECTION},
    Keep.CANDIDATES: {Capacity.DEPARTMENT, Capacity.COMMITTEE, Capacity.CELL},
    Keep.BADGES: {Capacity.DEPARTMENT},
    Keep.INSPECTIONS: {Capacity.INSPECTION, Capacity.COMMITTEE},
    Keep.LETTERS: {Capacity.INSPECTION},
}

# A cell that is itself a grassroots organization has its secretary in both capacities: it decides its own members.
RATING_RIGHTS = {
    Act.RATE: Capacity.CELL,
    Act.PROPOSE: Capacity.CELL,
    Act.SUBMIT: Capacity.CELL,
    Act.ENDORSE: Capacity.COMMITTEE,
    Act.DECIDE: Capacity.COMMITTEE,
    Act.RETURN: Capacity.COMMITTEE,
    Act.ACCEPT: Capacity.DEPARTMENT,
    Act.REOPEN: Capacity.DEPARTMENT,
    Act.RATE_CELL: Capacity.COMMITTEE,
    Act.RATE_GRASSROOTS: Capacity.LEADER,
    Act.CORRECT: Capacity.DEPARTMENT,
    Act.MANAGE: Capacity.DEPARTMENT,
}


BLOC_CAPACITIES = {
    Role.ORGANIZATION: Capacity.DEPARTMENT,
    Role.INSPECTION: Capacity.INSPECTION,
    Role.LEADER: Capacity.LEADER,
}


@dataclass
class Office:
    """The offices a user holds today."""

    user: object
    appointments: list = field(default_factory=list)

    @cached_property
    def roles(self):
        return {Role(a.role) for a in self.appointments}

    @property
    def is_administrator(self):
        return self.user.is_superuser

    @property
    def sees_all(self):
        return self.is_administrator or bool(self.roles & BLOC_ROLES)

    @property
    def edits_targets(self):
        return bool(self.roles & EDIT_TARGETS)

    @property
    def closes_figures(self):
        return bool(self.roles & CLOSE_FIGURES)

    @property
    def sees_letter_rows(self):
        """Rows of letters anywhere, and their figures below the bloc."""
        return bool(self.roles & SEE_LETTER_ROWS)

    @property
    def organizations(self):
        return [a.organization_id for a in self.appointments]

    @cached_property
    def answers_for(self):
        """{id of an office's organization: {its id and those of all it answers for}}

        Of several successors the principal one alone acts for what ended.
        """
        return _taken_over_by(self.organizations, [row for row in self._successions if row[2]])

    @property
    def answerable(self):
        """Ids of the offices' organizations and of all they answer for."""
        return set().union(*self.answers_for.values())

    @property
    def inherited(self):
        """Ids of the offices' organizations and of all they took over, if only in part: what they may look at."""
        return set().union(*_taken_over_by(self.organizations, self._successions).values())

    @cached_property
    def _successions(self):
        columns = ("successor_id", "predecessor_id", "principal")
        rows = Succession.objects.filter(voided__isnull=True).values_list(*columns)
        return list(rows) if self.organizations else []


def _taken_over_by(organizations, successions):
    """{organization id: {its id and those of all it took over}}, chains followed: who ended left them to it."""
    old = defaultdict(set)
    for new, gone, _ in successions:
        old[new].add(gone)
    found = {}
    for node in organizations:
        found[node] = {node}
        while more := set().union(*(old[pk] for pk in found[node])) - found[node]:
            found[node] |= more
    return found


def office_of(user):
    """Office of a signed-in user; asked once a request, kept on the user object."""
    day = clock.today()
    kept = getattr(user, "_office", None)
    if kept and kept[0] == day:
        return kept[1]
    held = Appointment.objects.on(day).filter(user=user).select_related("organization").order_by("pk")
    office = Office(user, list(held))
    user._office = (day, office)
    return office


def visible_to(user, on):
    """Organizations the user may see on `on`: the office's subtree of that day and what it took over."""
    if not user.is_authenticated or not user.is_active:
        return Organization.objects.none()
    office = office_of(user)
    standing = Organization.objects.filter(voided__isnull=True)
    if office.sees_all:
        return standing
    inherited = office.inherited - set(office.organizations)
    below = lineage.below(office.inherited, on)
    return standing.filter(pk__in=below) | standing.filter(pk__in=inherited)


def get_for(user, code, on):
    """The organization `code` if the user may see it on `on`; otherwise 404, as if it did not exist."""
    nothing = Http404("Không tìm thấy tổ chức này trong phạm vi của đồng chí.")
    if not code.isprintable():  # PostgreSQL takes no NUL
        raise nothing
    try:
        return visible_to(user, on).get(code=code)
    except Organization.DoesNotExist:
        raise nothing from None


def capacities(user, organization, on):
    """{Capacity} of `user` towards `organization` as the tree stood on `on`."""
    return capacities_of(user, [organization], on)[organization.pk]


def capacities_of(user, organizations, on):
    """{organization id: {Capacity}} for many, in three queries.

    What an organization took over waits for it as for the office that ended: its row, its sheet, what hung below it.
    """
    office = office_of(user)
    everywhere = {BLOC_CAPACITIES[role] for role in office.roles if role in BLOC_CAPACITIES}
    found = {o.pk: set(everywhere) for o in organizations}
    held = {a.organization_id: a.role for a in office.appointments if a.role in (Role.SECRETARY, Role.COMMITTEE)}
    if not held:
        return found
    own, above = {pk: _of_office(role, kind) for pk, role, kind in _with_kinds(held, on)}, defaultdict(set)
    for holder in held:
        for taken in office.answers_for[holder]:
            above[taken].add(holder)
    lines = Lineage.objects.on(on).filter(organization__in=found, ancestor__in=above.keys())
    for node, ancestor in lines.values_list("organization_id", "ancestor_id"):
        for holder in above[ancestor]:
            found[node] |= own[holder] if node == ancestor else own[holder] & {Capacity.COMMITTEE}
    return found


def _with_kinds(held, on):
    """[(organization id, role, kind)] of {organization id: role}: the kind on `on`, or today's of what came later."""
    spells = lineage.names(held, on)
    if later := held.keys() - spells.keys():
        spells |= lineage.names(later, clock.today())
    return [(pk, role, Kind(spells[pk].kind)) for pk, role in held.items()]


def _of_office(role, kind):
    """{Capacity} of an office towards its own organization; below it, that of a committee alone."""
    found = {Capacity.CELL} if kind.holds_members or role == Role.COMMITTEE else set()
    return found | ({Capacity.COMMITTEE} if kind == Kind.CBCS or role == Role.COMMITTEE else set())


def may(act, capacities_held):
    """Whether one of the capacities held gives the right to `act`."""
    return RATING_RIGHTS[act] in capacities_held


def may_keep(keep, capacities_held):
    """Whether one of the capacities held towards an organization gives the right to `keep` there."""
    return bool(KEEPING_RIGHTS[keep] & capacities_held)


def require_keep(user, keep, organization, on):
    """403, naming whose it is, unless `user` may `keep` at `organization` as the tree stood on `on`."""
    if not may_keep(keep, capacities(user, organization, on)):
        whose = " hoặc ".join(c for c in Capacity if c in KEEPING_RIGHTS[keep])
        raise PermissionDenied(f"Việc {keep} là của {whose}.")


def require_target_editor(user):
    if not office_of(user).edits_targets:
        raise PermissionDenied("Chỉ Ban Tổ chức Đảng ủy Khối được sửa chỉ tiêu.")


def require_bloc(user):
    """403 unless the user looks after the whole: an office of the bloc, or the administration."""
    if not office_of(user).sees_all:
        raise PermissionDenied("Trang này dành cho cơ quan tham mưu của Đảng ủy Khối và quản trị.")


def require_closer(user):
    if not office_of(user).closes_figures:
        raise PermissionDenied("Chỉ Ban Tổ chức Đảng ủy Khối được chốt số liệu.")


def require_administrator(user):
    if not user.is_superuser:
        raise PermissionDenied("Chỉ quản trị được dùng trang này.")


def home_of(user):
    """Code of the organization that the user's first page shows, or None."""
    office = office_of(user)
    if office.sees_all or not office.appointments:
        root = lineage.roots(clock.today()).first() if office.sees_all else None
        return root.organization.code if root else None
    return office.appointments[0].organization.code


def require_rating(act, held):
    """403 unless one of the capacities `held` gives the right to `act`."""
    if not may(act, held):
        raise PermissionDenied(f"Việc {act} là của {RATING_RIGHTS[act]}.")
