"""Party badges: who has reached which level, and the verb that records them (domain §4.4).

The level someone is due is the highest their Party age reaches; one they passed without it is not given afterwards.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ledger.acts import Refused, act, require_past, supersede
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.text import clean, within_sentence
from members.models import BadgeAward, BadgeLevel, Member, Membership
from members.register.places import lock
from members.verbs import MemberVerb
from organizations import lineage
from organizations.models import Organization

from . import party_age
from .party_age import Service

Kind = BadgeAward.Kind


@dataclass(frozen=True, kw_only=True)
class Award:
    """A badge given to `member` on `on`. Early and posthumous ones come with their reason."""

    member: Member
    level: BadgeLevel
    on: date
    kind: int = Kind.ON_TIME
    reason: str = ""


def levels_in_use() -> list[BadgeLevel]:
    return list(BadgeLevel.objects.filter(in_use=True))


def allowance(level: BadgeLevel, kind: int) -> int:
    """Months that may be wanting to `level`."""
    months: dict[int, int] = {Kind.EARLY: level.months_early, Kind.POSTHUMOUS: level.months_posthumous}
    return months.get(kind, 0)


def is_deserved(award_: BadgeAward, months: int) -> bool:
    """Whether `months` of Party age were enough for the BadgeAward."""
    return months + allowance(award_.level, award_.kind) >= 12 * award_.level.years


def highest(levels: Iterable[BadgeLevel], months: int, kind: int = Kind.ON_TIME) -> BadgeLevel | None:
    """The highest of `levels` (in order) that `months` of Party age reach; None for none."""
    reached = [level for level in levels if months + allowance(level, kind) >= 12 * level.years]
    return reached[-1] if reached else None


def award(rows: Iterable[Award], *, by: User, on: date, document: Document | None = None, reason: str = "") -> None:
    """Records badges. `rows`: Awards."""
    rows = list(rows)
    with act(MemberVerb.AWARD_BADGES, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        lock([row.member for row in rows])
        ids = {row.member.pk for row in rows}
        services, badges, levels = party_age.services(ids), _held(ids), levels_in_use()
        placed = []
        for row in rows:
            require_past(row.on, row.member)
            service = services[row.member.pk]
            place = _place(row, service)
            _check_level(row, service, levels)
            _check_beside(row, badges[row.member.pk])
            badges[row.member.pk].append((row.level.years, row.on))
            placed.append((row, place))
        _check_cells(placed)
        BadgeAward.objects.bulk_create(
            BadgeAward(
                member=row.member,
                level=row.level,
                organization=place,
                on=row.on,
                kind=row.kind,
                reason=row.reason,
                added=change,
            )
            for row, place in placed
        )


def _held(ids: Collection[int]) -> dict[int, list[tuple[int, date]]]:
    """{member id: [(years, day)]} of the badges that stand."""
    badges: dict[int, list[tuple[int, date]]] = {pk: [] for pk in ids}
    for award_ in BadgeAward.objects.standing().filter(member__in=ids).select_related("level"):
        badges[award_.member_id].append((award_.level.years, award_.on))
    return badges


def _place(row: Award, service: Service) -> Organization | None:
    """The cell the badge was given in; None when elsewhere in the Party, or before the register began."""
    if not service.spells:
        raise Refused(f"{row.member} chưa từng có tên trong danh sách đảng viên.")
    if row.kind == Kind.POSTHUMOUS:
        if service.died is None or row.on < service.died:
            raise Refused(f"{row.member}: truy tặng chỉ ghi cho người đã từ trần, từ ngày từ trần trở đi.")
        return service.spells[-1].organization
    if spell := service.spell_on(row.on):
        return spell.organization
    if service.is_inside(row.on) and any(spell.starts > row.on for spell in service.spells):
        return None
    raise Refused(f"{row.member} không có tên trong danh sách đảng viên vào ngày {day_in_words(row.on)}.")


def _check_level(row: Award, service: Service, levels: Collection[BadgeLevel]) -> None:
    name, years = row.member, row.level.years
    if row.level not in levels:
        raise Refused(f"{name}: mức {years} năm không còn dùng.")
    if row.kind != Kind.ON_TIME and not clean(row.reason):
        raise Refused(f"{name}: {within_sentence(Kind(row.kind).label)} cần nêu lý do.")
    if not service.is_official(row.on):
        raise Refused(f"{name} chưa là đảng viên chính thức vào ngày {day_in_words(row.on)}, chưa tính tuổi Đảng.")
    months = service.months(row.on)
    reached = highest(levels, months, row.kind)
    if reached is None or reached.years < years:
        early = allowance(row.level, row.kind)
        most = f", được thiếu nhiều nhất {early} tháng" if early else ""
        raise Refused(
            f"{name} có {party_age.in_words(max(months, 0))} tuổi Đảng, chưa đủ để nhận Huy hiệu {years} năm{most}."
        )
    if reached.years > years:
        raise Refused(f"{name} đã qua mức {years} năm: tuổi Đảng đủ để nhận Huy hiệu {reached.years} năm.")


def _check_beside(row: Award, held: Iterable[tuple[int, date]]) -> None:
    """Held against the other badges of the member: each level once, and a higher one never before a lower one."""
    for years, day in held:
        if years == row.level.years:
            raise Refused(f"{row.member} đã nhận Huy hiệu {years} năm ngày {day_in_words(day)}.")
        if years > row.level.years and day <= row.on:
            raise Refused(f"{row.member} đã nhận Huy hiệu {years} năm ngày {day_in_words(day)}; mức thấp hơn đã qua.")
        if years < row.level.years and day >= row.on:
            raise Refused(f"{row.member} nhận Huy hiệu {years} năm ngày {day_in_words(day)}, không trước ngày này.")


def _check_cells(found: Iterable[tuple[Award, Organization | None]]) -> None:
    """The cell of the dead must still stand on the day the badge is given."""
    lineage.require_standing((place, row.on, row.member) for row, place in found if place)


def go_with_holders(members: Collection[int], change: Change) -> None:
    """Follower of members/register/places.py: a badge is in the cell that its holder belonged to that day. `members`: ids."""
    awards = BadgeAward.objects.filter(member__in=members)
    supersede([(row, {"organization": spell.organization}) for row, spell in misplaced(awards)], change)


def misplaced(awards: QuerySet[BadgeAward]) -> list[tuple[BadgeAward, Membership]]:
    """[(award, spell of its holder that day)] of those of `awards` (a queryset) that stand in another cell.

    Awards after death, those of elsewhere, and those on a day on which the holder was on no roll are left out.
    """
    rows = awards.filter(voided__isnull=True, organization__isnull=False).exclude(kind=Kind.POSTHUMOUS)
    rows = list(rows.select_related("member", "organization"))
    spells = defaultdict(list)
    memberships = Membership.objects.standing().filter(member__in={row.member_id for row in rows})
    for spell in memberships.select_related("organization") if rows else ():
        spells[spell.member_id].append(spell)
    places = [(row, s) for row in rows for s in spells[row.member_id] if s.starts <= row.on < s.ends]
    return [(row, spell) for row, spell in places if row.organization_id != spell.organization_id]


def awards_left_behind(organizations: Iterable[Organization], day: date) -> Iterator[str]:
    """Guard of organizations/reorganize.py: no badge may lie in an organization on a day when it is gone."""
    codes = {o.pk: o.code for o in organizations}
    later = BadgeAward.objects.standing().filter(organization__in=codes, on__gte=day)
    for pk in set(later.values_list("organization_id", flat=True)):
        yield f"Tổ chức {codes[pk]} có Huy hiệu Đảng trao từ ngày {day_in_words(day)} trở đi; ngày kết thúc phải sau đó."
