"""What every verb of a sheet begins and ends with: the rows locked in order, the roll read, the cap held (design §4, §6).

Locks are always taken in one order: change (shared), roof rows, sheets, members by id.
"""

from django.db.models import Q
from django.utils.text import capfirst

from ledger.acts import Refused
from members.models import Member
from organizations import lineage
from ratings.models import MemberRating, OrganizationRating, Period, Rule, Sheet, State, Strength
from ratings.rolls import on_roll

from .caps import places_of_members
from .reading import Reading
from .rules import NeedsReason

CLOSED = "Kỳ xếp loại đã khóa; chỉ còn ghi điều chỉnh bổ sung."


class Stale(Refused):
    """Somebody wrote first. `lines`: the MemberRatings as they now stand, by member id; none for a signature."""

    def __init__(self, message, lines=None):
        super().__init__(message)
        self.lines = lines or {}


class CapFull(NeedsReason):
    """Over the cap without a written reason. `places`: the Places of the roof."""

    def __init__(self, places):
        super().__init__(places.sentence)
        self.places = places


def locked(sheets):
    """The sheets, fresh and locked after their roofs; Refused when their period is locked."""
    if not sheets:
        raise Refused("Chưa chọn phiếu nào.")
    periods = {s.period_id for s in sheets}
    if len(periods) > 1:
        raise Refused("Các phiếu được chọn không cùng một kỳ.")
    cells = {s.organization_id for s in sheets}
    roofs = (
        OrganizationRating.objects.standing()
        .filter(
            period__in=periods, tier=OrganizationRating.Tier.GRASSROOTS, organization__descent__organization__in=cells
        )
        .values("pk")
    )
    list(OrganizationRating.objects.locked().filter(pk__in=roofs).order_by("pk"))
    ids = [s.pk for s in sheets]
    rows = Sheet.objects.locked().standing().filter(pk__in=ids)
    fresh = list(rows.select_related("organization").order_by("pk"))
    # Asked once the rows are held: who locks the period waits for us, or we for them.
    if Period.objects.filter(pk__in=periods, locked__isnull=False).exists():
        raise Refused(CLOSED)
    if len(fresh) != len(set(ids)):
        raise Refused("Có phiếu không còn hiệu lực vì chi bộ đã kết thúc.")
    return fresh


def read(sheets, on):
    """The Reading of locked sheets, its people held: who moves one of them waits for us, or we for them."""
    periods = Period.objects.select_related("scheme").prefetch_related("scheme__levels")
    period = periods.get(pk=sheets[0].period_id)
    reading = Reading(period, sheets, min(on, period.cutoff))
    roll = on_roll(period, reading.day).filter(organization__in=reading.cells).values("member")
    in_lines = MemberRating.objects.standing().filter(sheet__in=sheets).values("member")
    people = Member.objects.locked().filter(Q(pk__in=roll) | Q(pk__in=in_lines))
    list(people.order_by("pk").values_list("pk"))
    return reading


def text(model, name, value):
    """`value` cleaned as the column `name` of `model` keeps it. Refused when it is too long for it."""
    field = model._meta.get_field(name)
    value = field.to_python(str(value or "").replace("\0", ""))
    if field.max_length and len(value) > field.max_length:
        named = capfirst(field.verbose_name)
        raise Refused(f"{named} dài {len(value)} ký tự, nhiều nhất {field.max_length}. Hãy viết ngắn lại.")
    return value


def require_draft(sheet):
    if sheet.state != State.DRAFT:
        raise Refused(f"Phiếu của chi bộ {sheet.organization.code} {State(sheet.state).label}, không còn sửa được.")


def check_level(level, points, scheme):
    """Refused for a level that is none of the scheme's, or points where none are given or beyond 0–100."""
    if points is not None:
        if not scheme.by_points:
            raise Refused(f"{scheme.name} không xếp loại theo điểm.")
        if not points.is_finite() or not 0 <= points <= 100 or points != round(points, 2):
            raise Refused("Điểm phải từ 0 đến 100, nhiều nhất hai chữ số lẻ.")
    elif level is not None and scheme.by_points:
        raise Refused(f"{scheme.name} xếp loại theo điểm; hãy nhập điểm.")
    elif level not in (None, 1, 2, 3, 4):
        raise Refused("Mức xếp loại phải là một trong bốn mức của lược đồ.")


def hold_cap(reading, before, sheets, *, answered=False):
    """Raises CapFull for a roof that is over its cap, and more so than before, unless a sheet of `sheets` says why.

    `answered`: whoever acts has written the reason. No reason helps where the scheme's rule forbids: then plain Refused.
    Who leaves the top level while the roof is still over makes it better and is let through. Returns the ids of the
    cells whose roof is within its cap: no reason is wanted there.
    """
    strengths = {rule.strength for rule in reading.book.of(Rule.Code.CAP)}
    if not strengths & {Strength.BLOCK, Strength.ASK}:
        return []
    now = places_of_members(reading.period, reading.cells, reading.day)
    over = [roof for roof, places in now.items() if places.left < min(0, before.get(roof, 0))]
    if over and Strength.BLOCK in strengths:
        raise Refused(now[over[0]].forbidden)
    excused = set(over) if answered else _excused(reading, sheets)
    for roof in over:
        if roof not in excused:
            raise CapFull(now[roof])
    within = [roof for roof, places in now.items() if places.left >= 0]
    return list(lineage.below(within, reading.day).values_list("organization", flat=True))


def _excused(reading, sheets):
    """Ids of the roofs above those of `sheets` that carry a written reason for exceeding the cap."""
    with_reason = [s.organization_id for s in sheets if s.over_cap]
    rows = lineage.Lineage.objects.on(reading.day).filter(organization__in=with_reason)
    return set(rows.values_list("ancestor_id", flat=True))
