"""The one navigation: the places of the site, the pages inside each, and what of them a reader is offered.

A URL belongs to the page that holds its name; one of no place stands in `NOWHERE`. Drawn by templates/partials/navigation.html.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse

from ledger import clock
from ledger.models import User
from organizations.access import Office, home_of
from organizations.frame import Frame
from organizations.models import Role
from organizations.staff.counts import COUNTED_AT
from ratings.models import Period


@dataclass(frozen=True)
class Spot:
    """Where a reader stands: organization `code` in `year`, in `period` (2018, 2025-q4).

    `frame`: of the page, None where a page is about no organization and the reader's own takes its place.
    `corrects`: whether the page lets ratings be corrected; `letters_of`: code of the organization whose letters it is about;
    `on_day`: the day of the year that is looked at, as it stands in an address.
    """

    user: User
    office: Office
    code: str
    year: int
    period: str
    frame: Frame | None = None
    corrects: bool = False
    letters_of: str = ""
    on_day: str = ""

    @property
    def is_bloc(self) -> bool:
        return self.frame is not None and self.frame.is_bloc

    @property
    def reads_letters(self) -> bool:
        return self.office.reads_letters if self.frame is None else self.frame.sees_letters

    @cached_property
    def of_one_cell(self) -> bool:
        """Whether the reader is the secretary of one cell and nothing else."""
        held = self.office.appointments
        return not self.user.is_superuser and len(held) == 1 and held[0].role == Role.SECRETARY

    def holds(self, *roles: Role) -> bool:
        return bool(self.office.roles.intersection(roles))


def everyone(_spot: Spot) -> bool:
    return True


def in_year(spot: Spot) -> list[Any]:
    return [spot.code, spot.year]


def in_period(spot: Spot) -> list[Any]:
    return [spot.code, spot.period]


def letters_in_year(spot: Spot) -> list[Any]:
    return [spot.letters_of or spot.code, spot.year]


def at_the_organization(spot: Spot) -> list[Any]:
    return [spot.code]


def alone(_spot: Spot) -> list[Any]:
    return []


@dataclass(frozen=True)
class MenuPage:
    """A page one turns to: `opens` is the name of its URL, `also` of those that are reached through it."""

    label: str
    opens: str
    also: tuple[str, ...] = ()
    seen: Callable[[Spot], bool] = everyone
    args: Callable[[Spot], list[Any]] = in_year
    keeps_day: bool = False

    def address(self, spot: Spot) -> str:
        address = reverse(self.opens, args=self.args(spot))
        return f"{address}?{spot.on_day}" if self.keeps_day and spot.on_day else address


@dataclass(frozen=True)
class MenuPlace:
    """A place of the first row; it opens its first page. `icon`: of static/img/icons.svg."""

    label: str
    icon: str
    pages: tuple[MenuPage, ...]

    def page_of(self, name: str) -> MenuPage | None:
        return next((page for page in self.pages if name == page.opens or name in page.also), None)


def _manages(spot: Spot) -> bool:
    return spot.user.is_superuser or spot.holds(Role.ORGANIZATION)


def _counts_staff(spot: Spot) -> bool:
    return spot.frame is not None and spot.frame.place.kind in COUNTED_AT


SHEETS = MenuPage("Phiếu", "ratings", ("rating_line", "rating_paste", "rating_step", "rating_workbook"), args=in_period)
RESULTS = MenuPlace(
    "Kết quả",
    "results",
    (
        MenuPage("Tổng quan", "dashboard", ("indicator", "heat_map", "compare")),
        MenuPage("Giao chỉ tiêu", "targets", ("targets_grid",)),
        MenuPage(
            "Nhóm chỉ tiêu",
            "groups",
            ("group_new", "group_part", "group_indicator"),
            lambda spot: spot.is_bloc and _manages(spot),
        ),
        MenuPage("Dự báo", "forecast"),
        MenuPage("Chốt số liệu", "closing"),
    ),
)
RATINGS = MenuPlace(
    "Xếp loại",
    "ratings",
    (
        SHEETS,
        MenuPage("Mức của tổ chức", "rating_organizations", args=in_period),
        MenuPage("Lịch sử", "rating_history", seen=lambda spot: not spot.is_bloc, args=in_period),
        MenuPage("Đính chính", "rating_correction", seen=lambda spot: spot.corrects, args=in_period),
        MenuPage("Kỳ xếp loại", "periods", seen=lambda spot: spot.holds(Role.ORGANIZATION), args=alone),
    ),
)
PEOPLE = MenuPlace(
    "Đảng viên",
    "people",
    (
        MenuPage(
            "Danh sách",
            "people",
            (
                *("people_selected", "saved_views", "enter"),
                *("member", "member_ratings", "errand", "take_back", "record", "merge_records"),
            ),
            keeps_day=True,
        ),
        MenuPage("Biến động", "balance"),
        MenuPage("Nguồn kết nạp", "candidates", ("candidate",)),
        MenuPage("Dự bị", "probation", keeps_day=True),
        MenuPage("Chuyển sinh hoạt", "offers", keeps_day=True),
        MenuPage("Huy hiệu", "badges"),
    ),
)
ORGANIZATIONS = MenuPlace(
    "Tổ chức",
    "organizations",
    (
        MenuPage("Hồ sơ", "organization", ("approve_size",)),
        MenuPage("Cây tổ chức", "tree"),
        MenuPage("Công chức, viên chức", "staff", seen=_counts_staff),
        MenuPage(
            "Sắp xếp",
            "reorganize",
            ("reorganize_act", "reorganize_undo"),
            lambda spot: spot.holds(Role.ORGANIZATION),
            at_the_organization,
        ),
        MenuPage(
            "Phân công",
            "appointments",
            seen=lambda spot: spot.user.is_superuser or spot.holds(Role.LEADER, Role.INSPECTION),
            args=alone,
        ),
        MenuPage("Tài khoản", "accounts", ("office", "offices"), lambda spot: spot.user.is_superuser, alone),
    ),
)
INSPECTIONS = MenuPlace(
    "Kiểm tra",
    "inspections",
    (
        MenuPage("Tổng quan năm", "inspections", ("handover",)),
        MenuPage("Danh sách", "inspection_list", ("inspection", "inspection_plan")),
        MenuPage("Đơn thư", "letters", ("letter", "letter_new"), lambda spot: spot.reads_letters, letters_in_year),
    ),
)
PLACES = (RESULTS, RATINGS, PEOPLE, ORGANIZATIONS, INSPECTIONS)


def _gathered(pages: Iterable[MenuPage]) -> tuple[str, ...]:
    return tuple(name for page in pages for name in (page.opens, *page.also))


# The secretary of one cell has one thing to do, and the people it is about; the rest is about the cell.
OWN_CELL = MenuPlace(
    "Chi bộ của tôi",
    "organizations",
    (
        MenuPage("Kết quả", "dashboard", ("indicator", "heat_map", "compare", *_gathered(RESULTS.pages[2:]))),
        MenuPage("Chỉ tiêu được giao", "targets", ("targets_grid",)),
        MenuPage("Hồ sơ", "organization", ("approve_size", *_gathered(ORGANIZATIONS.pages[3:]))),
        MenuPage("Cây tổ chức", "tree"),
        MenuPage("Công chức, viên chức", "staff", seen=_counts_staff),
        MenuPage("Kiểm tra, giám sát", "inspections", _gathered(INSPECTIONS.pages)[1:]),
    ),
)
OF_ONE_CELL = (RATINGS, PEOPLE, OWN_CELL)

# Of the reader alone, of the whole site, or no page at all.
NOWHERE = {
    *(
        "home",
        "turn",
        "find",
        "find_paper",
        "tasks",
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "healthz",
        "help",
        "help_chapter",
        "choose",
        "look",
    ),
    *(
        "imports",
        "import_run",
        "import_returned",
        "import_template",
        "import_example",
        "import_examples",
        "import_examples_together",
        "first_steps",
        "self_check",
    ),
}


def places(spot: Spot) -> tuple[MenuPlace, ...]:
    return OF_ONE_CELL if spot.of_one_cell else PLACES


def offered(place: MenuPlace, spot: Spot) -> list[MenuPage]:
    """The pages inside `place` that the reader is offered, the first of ratings under the name it has there."""
    pages = [page for page in place.pages if page.seen(spot)]
    return [replace(page, label=_name_of_sheets(spot)) if page is SHEETS else page for page in pages]


def _name_of_sheets(spot: Spot) -> str:
    if spot.frame is None or spot.is_bloc:
        return "Tiến độ"
    return "Phiếu của chi bộ" if spot.frame.place.holds_members else "Phiếu của các chi bộ"


def spot_of(context: Mapping[str, Any]) -> Spot | None:
    """The Spot of a page whose template has `context`; None for who is not signed in or has no organization at all."""
    user, office = context.get("user"), context.get("office")
    if user is None or office is None:
        return None
    frame = context.get("frame")
    if not isinstance(frame, Frame):
        return _at_home(user, office, context.get("known_years", []))
    period, rated = context.get("period"), context.get("rated")
    return Spot(
        user,
        office,
        frame.organization.code,
        frame.year,
        period.slug if isinstance(period, Period) else str(frame.year),
        frame,
        corrects=bool(rated and rated.may_correct),
        letters_of=context.get("letters_of", ""),
        on_day=context.get("on_day", ""),
    )


def _at_home(user: User, office: Office, years: list[int]) -> Spot | None:
    """The reader's own organization in the latest year there is."""
    code = home_of(user)
    year = years[-1] if years else clock.today().year
    return Spot(user, office, code, year, str(year)) if code else None
