"""How far an office has come on its way from an empty installation to its first figures: each step, what is there, what is
wanting, and where it is done, by file or by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from indicators.models import Target, TargetGroup
from ledger import clock
from ledger.models import User
from ledger.numbers import day_in_words, group
from members.roll.on_a_day import below
from organizations import lineage
from organizations.accounts.roster import seats
from organizations.models import CELLS, GRASSROOTS, Appointment, Kind, Organization, OrganizationSpell, Role
from ratings.models import Period

OFFICE, ADMINISTRATION = "Ban Tổ chức Đảng ủy Khối", "quản trị"
BLOC, KEEPERS, TREE, PEOPLE = "Đảng bộ Khối", "Người làm ở Ban Tổ chức", "Cây tổ chức", "Đảng viên"
GROUPS, TARGETS, ACCOUNTS = "Nhóm chỉ tiêu của năm", "Chỉ tiêu", "Tài khoản"


@dataclass(frozen=True)
class StepWay:
    """Where a step is done."""

    address: str
    words: str


@dataclass(frozen=True)
class OpeningStep:
    """`told`: what is there and what is wanting; `whose`: who does it; `ways`: where, for who may."""

    title: str
    done: bool
    told: str
    whose: str
    ways: tuple[StepWay, ...] = ()


def steps_to_come() -> list[OpeningStep]:
    """The steps of an installation that has no bloc yet."""
    first = OpeningStep(BLOC, False, "Chưa có. Ghi tên và ngày thành lập ở dưới.", ADMINISTRATION)
    whose = dict.fromkeys((KEEPERS, TREE, PEOPLE, GROUPS, TARGETS, ACCOUNTS), OFFICE)
    whose |= dict.fromkeys((KEEPERS, ACCOUNTS), ADMINISTRATION)
    return [first, *(OpeningStep(title, False, "Chưa có.", who) for title, who in whose.items())]


def steps_of(bloc: OrganizationSpell, year: int, today: date, user: User, *, keeps: bool) -> list[OpeningStep]:
    """The steps of `bloc`, the year's being those of `year`. `keeps`: whether `user` does what is the office's."""
    code = bloc.organization.code
    founded = lineage.lives([bloc.organization_id])[bloc.organization_id][0].starts
    opens = founded.year <= year <= today.year  # else the pages of the year are not there yet
    places = _below(bloc.organization, today)
    return [
        OpeningStep(BLOC, True, f"{bloc.name}, từ {day_in_words(founded)}.", ADMINISTRATION),
        _keepers(bloc, today, user),
        _tree(code, places, keeps),
        _people(code, bloc, places, today, keeps),
        _groups(bloc, year, may=keeps or user.is_superuser, opens=opens),
        _targets(code, bloc, year, today, opens and keeps),
        _accounts(places, today, user),
    ]


def _below(bloc: Organization, day: date) -> list[OrganizationSpell]:
    return list(lineage.places(day).filter(organization__in=lineage.below([bloc], day)))


def _ways(may: bool, *ways: tuple[str, str]) -> tuple[StepWay, ...]:
    return tuple(StepWay(*way) for way in ways) if may else ()


def _by_file(kind: str) -> tuple[str, str]:
    return reverse("imports", query={"loai": kind}), "Nhập từ tệp"


def _example(kind: str) -> tuple[str, str]:
    return reverse("import_examples", query={"loai": kind}), "Tệp ví dụ"


def _keepers(bloc: OrganizationSpell, today: date, user: User) -> OpeningStep:
    held = Appointment.objects.on(today).filter(organization=bloc.organization, role=Role.ORGANIZATION)
    names = [row.user.get_full_name() for row in held.select_related("user").order_by("pk")]
    told = f"{'; '.join(names)}." if names else "Chưa giao ai. Người này làm các bước dưới đây, trừ tài khoản."
    ways = _ways(user.is_superuser, (reverse("office", args=[bloc.organization.code]), "Giao vai trò ở Đảng bộ Khối"))
    return OpeningStep(KEEPERS, bool(names), told, ADMINISTRATION, ways)


def _tree(code: str, places: Sequence[OrganizationSpell], keeps: bool) -> OpeningStep:
    roots = [spell for spell in places if spell.kind in GRASSROOTS]
    cells = [spell for spell in places if spell.kind in CELLS]
    empty = [s for s in roots if s.kind == Kind.DBCS and not _has_child(s, places)]
    told = (
        f"{group(len(roots))} tổ chức cơ sở đảng, {group(len(cells))} chi bộ." if places[1:] else "Chưa có tổ chức nào."
    )
    if empty:
        told += (
            f" {group(len(empty))} đảng bộ cơ sở chưa có chi bộ: {', '.join(s.organization.code for s in empty[:5])}."
        )
    ways = _ways(
        keeps, _by_file("to-chuc"), _example("to-chuc"), (reverse("reorganize", args=[code]), "Thành lập từng tổ chức")
    )
    return OpeningStep(TREE, bool(cells) and not empty, told, OFFICE, ways)


def _has_child(spell: OrganizationSpell, places: Sequence[OrganizationSpell]) -> bool:
    return any(place.parent_id == spell.organization_id for place in places)


def _people(
    code: str, bloc: OrganizationSpell, places: Sequence[OrganizationSpell], today: date, keeps: bool
) -> OpeningStep:
    rows = below(bloc.organization, today)
    members, filled = rows.count(), set(rows.values_list("organization", flat=True))
    cells = [spell for spell in places if spell.kind in CELLS]
    empty = [spell for spell in cells if spell.organization_id not in filled]
    told = f"{group(members)} đảng viên trong danh sách." if members else "Chưa có đảng viên nào."
    if members and empty:
        told += f" {group(len(empty))} chi bộ chưa có ai: {', '.join(s.organization.code for s in empty[:5])}."
    by_hand = reverse("enter", args=[code, today.year, "chuyen-den"]), "Ghi từng người"
    ways = _ways(keeps and bool(cells), _by_file("dang-vien"), _example("dang-vien"), by_hand)
    return OpeningStep(PEOPLE, bool(members) and not empty, told, OFFICE, ways)


def _groups(bloc: OrganizationSpell, year: int, *, may: bool, opens: bool) -> OpeningStep:
    n = TargetGroup.objects.filter(bloc=bloc.organization, year=year).count()
    period = Period.objects.standing().filter(bloc=bloc.organization, year=year, quarter__isnull=True).exists()
    told = f"Năm {year}: {group(n)} nhóm chỉ tiêu" if n else f"Năm {year} chưa mở"
    told += ", kỳ xếp loại đã mở." if period else "."
    look = reverse("groups", args=[bloc.organization.code, year]), "Xem, sửa các nhóm chỉ tiêu"
    ways = _ways(may and opens, look) if n else _ways(may, ("#mo-nam", f"Mở năm {year}"))
    return OpeningStep(GROUPS, bool(n) and period, told, OFFICE, ways)


def _targets(code: str, bloc: OrganizationSpell, year: int, today: date, keeps: bool) -> OpeningStep:
    standing = Target.objects.standing().filter(indicator__group__bloc=bloc.organization, indicator__group__year=year)
    given = set(standing.values_list("organization", flat=True))
    of_bloc = bloc.organization_id in given
    roots = [spell for spell in _below(bloc.organization, clock.last_day(year) or today) if spell.kind in GRASSROOTS]
    below_ = sum(spell.organization_id in given for spell in roots)
    told = f"Đảng bộ Khối {'đã' if of_bloc else 'chưa'} có chỉ tiêu năm {year}; {group(below_)} trong "
    told += f"{group(len(roots))} tổ chức cơ sở đảng đã được giao."
    if year > today.year:
        told += f" Trang giao chỉ tiêu của năm mở từ ngày {day_in_words(date(year, 1, 1))}."
    ways = _ways(
        keeps,
        _by_file("chi-tieu"),
        _example("chi-tieu"),
        (reverse("targets", args=[code, year]), "Chỉ tiêu của Đảng bộ Khối"),
        (reverse("targets_grid", args=[code, year]), "Giao cho mọi tổ chức trong một bảng"),
    )
    return OpeningStep(TARGETS, of_bloc, told, OFFICE, ways)


def _accounts(places: Sequence[OrganizationSpell], today: date, user: User) -> OpeningStep:
    offices = seats(today, [spell.organization for spell in places])
    vacant = [seat for seat in offices if seat.is_vacant]
    waiting = [seat for seat in offices if seat.never_signed_in]
    told = f"{group(len(offices) - len(vacant))} trong {group(len(offices))} vai trò đã có người giữ."
    if waiting:
        told += f" {group(len(waiting))} tài khoản chưa đăng nhập lần nào."
    by_hand = reverse("accounts"), "Tạo tài khoản, in phiếu đăng nhập"
    ways = _ways(user.is_superuser, _by_file("tai-khoan"), _example("tai-khoan"), by_hand)
    return OpeningStep(ACCOUNTS, not vacant, told, ADMINISTRATION, ways)
