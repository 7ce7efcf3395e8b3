"""Which part of the guide is about which page: the chapter of its place in the navigation, unless it has one of its own."""

from collections.abc import Mapping

from khoi_ccq.navigation.places import INSPECTIONS, ORGANIZATIONS, PEOPLE, PLACES, RATINGS, RESULTS
from organizations.access import Office
from organizations.models import Role

from .guide import slug_of

SHEETS, INSPECTED = "Xếp loại cuối năm", "Kiểm tra, giám sát"
BY_PLACE = {
    RESULTS: "Xem số liệu",
    RATINGS: SHEETS,
    PEOPLE: "Danh sách và hồ sơ đảng viên",
    ORGANIZATIONS: "Tổ chức và đảng viên",
    INSPECTIONS: INSPECTED,
}
TARGETS = "Giao chỉ tiêu (Ban Tổ chức Đảng ủy Khối)"
BROUGHT = "Nhập dữ liệu từ tệp"
SIGNING_IN = "Đăng nhập"
# {name of a URL: (chapter, its part or "")}
BY_PAGE: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("targets", "targets_grid", "groups", "group_new", "group_part", "group_indicator"), (TARGETS, "")),
    **dict.fromkeys(("forecast", "candidates", "candidate"), ("Nguồn kết nạp và dự báo", "")),
    **dict.fromkeys(("letters", "letter", "letter_new"), (INSPECTED, "Đơn thư")),
    "closing": ("Chốt số liệu (Ban Tổ chức Đảng ủy Khối)", ""),
    "periods": (SHEETS, "Khối"),
    "badges": ("Huy hiệu Đảng", ""),
    **dict.fromkeys(
        ("reorganize", "reorganize_act", "reorganize_undo"), ("Sắp xếp tổ chức (Ban Tổ chức Đảng ủy Khối)", "")
    ),
    **dict.fromkeys(
        ("errand", "enter", "take_back"), ("Sắp xếp tổ chức (Ban Tổ chức Đảng ủy Khối)", "Ghi việc về một đảng viên")
    ),
    "staff": ("Tổ chức và đảng viên", "Số công chức, viên chức, người lao động"),
    **dict.fromkeys(("appointments", "accounts", "office", "offices"), ("Quản trị", "Tài khoản và vai trò")),
    **dict.fromkeys(("imports", "import_run", "first_steps"), (BROUGHT, "")),
    "self_check": ("Quản trị", ""),
    **dict.fromkeys(("find", "find_paper", "turn"), ("Xem số liệu", "Tìm người, tổ chức, văn bản, trang")),
    "login": (SIGNING_IN, ""),
    **dict.fromkeys(("password_change", "password_change_done"), (SIGNING_IN, "Đăng nhập lần đầu")),
    "tasks": (SHEETS, ""),
}
# What of ratings is whose, the narrower office first.
OF_OFFICE = (
    (Role.SECRETARY, "Bí thư chi bộ: mười phút"),
    (Role.COMMITTEE, "Đảng ủy cơ sở"),
    (Role.ORGANIZATION, "Khối"),
    (Role.LEADER, "Khối"),
)


def about(name: str, office: Office | None = None) -> tuple[str, str, str] | None:
    """(what the guide calls it, slug of the chapter, slug of the part or "") for the page of the URL `name`; None of no page."""
    told = BY_PAGE.get(name) or _of_place(name)
    if told is None:
        return None
    chapter, part = told
    if chapter == SHEETS and not part and office is not None:
        part = _own_part(office)
    return part or chapter, slug_of(chapter), slug_of(part) if part else ""


def _of_place(name: str) -> tuple[str, str] | None:
    place = next((place for place in PLACES if place.page_of(name)), None)
    return (BY_PLACE[place], "") if place else None


def _own_part(office: Office) -> str:
    return next((title for role, title in OF_OFFICE if role in office.roles), "")
