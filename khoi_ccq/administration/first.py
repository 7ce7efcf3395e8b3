"""The first page of the administration: what is done first and what of it is owed, what is edited here, what is only read."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from inspections.letters.confidential import open_acts
from ledger import clock
from ledger.models import User
from ledger.numbers import group
from organizations.accounts.roster import seats
from organizations.models import Appointment, PendingAppointment
from ratings.models import Level, Scheme

RECENT, LOOKED_AT = 8, 60
# In this order; what an app holds besides its facts.
SECTIONS = {
    "ratings": "Cách xếp loại của từng năm: mức, lý do, tỷ lệ, quy tắc, hạn. Sửa theo văn bản của cấp trên.",
    "indicators": "Các nhóm chỉ tiêu của năm và cách tính của mỗi chỉ tiêu.",
    "members": "Danh mục dùng khi ghi hồ sơ và tặng Huy hiệu Đảng.",
    "organizations": "Bao nhiêu đảng viên thì một tổ chức đúng quy định.",
    "inspections": "Những kết quả chọn được khi giải quyết đơn thư.",
    "imports": "Những gì phần mềm nhớ từ các bảng đã nhập, và tệp lớn đến đâu.",
    "ledger": "Giới hạn và thời hạn chung của phần mềm.",
}
FIRST = {"User", "Appointment"}  # have a card of their own


@dataclass
class Card:
    """One of the three things done first. `owed`, `links`: [(words, address)]; `fine`: said where nothing is owed."""

    title: str
    about: str
    fine: str
    owed: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ListEntry:
    """A list of the administration."""

    name: str
    address: str
    about: str


def _address(model: type[Model], page: str = "changelist") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def cards() -> list[Card]:
    places = seats(clock.today())
    all_accounts, waiting = reverse("accounts"), PendingAppointment.objects.standing().count()
    unused = sum(bool(seat.never_signed_in) for seat in places)
    vacant = sum(seat.is_vacant for seat in places)
    unconfirmed = Scheme.objects.filter(confirmed=False).count()
    accounts = Card("Tài khoản", "Ai đăng nhập được, mật khẩu, phiếu đăng nhập.", "Ai có vai trò cũng đã đăng nhập.")
    offices = Card("Phân công", "Ai làm việc cho tổ chức nào, với vai trò gì.", "Tổ chức nào cũng có người giữ.")
    rules = Card("Danh mục", "Lược đồ xếp loại và những danh sách để chọn.", "Lược đồ nào cũng đã đối chiếu văn bản.")
    if unused:
        accounts.owed.append((f"{group(unused)} vai trò chưa đăng nhập lần nào", f"{all_accounts}?xem=chua-vao"))
    if vacant:
        offices.owed.append((f"{group(vacant)} vai trò chưa có ai giữ", f"{all_accounts}?xem=chua-co"))
    if waiting:
        offices.owed.append((f"{group(waiting)} phân công chờ xác nhận", reverse("appointments")))
    if unconfirmed:
        said = f"{group(unconfirmed)} bản lược đồ chưa đối chiếu văn bản"
        rules.owed.append((said, f"{_address(Scheme)}?confirmed__exact=0"))
    accounts.links = [("Mọi tài khoản", _address(User)), ("Thêm tài khoản", _address(User, "add"))]
    offices.links = [
        ("Tài khoản và vai trò", all_accounts),
        ("Mọi phân công", _address(Appointment)),
        ("Thêm phân công", _address(Appointment, "add")),
    ]
    rules.links = [("Lược đồ xếp loại", _address(Scheme)), ("Mức xếp loại", _address(Level)), ("Mọi danh mục", "#sua")]
    return [accounts, offices, rules]


def lists(request: HttpRequest) -> tuple[list[tuple[str, str, list[ListEntry]]], list[tuple[str, list[ListEntry]]]]:
    """Sections edited here, [(name, about, entries)]; ledgers that are only read, [(name, entries)]."""
    edited, read = [], []
    order = list(SECTIONS)
    apps = sorted(admin.site.get_app_list(request), key=lambda app: order.index(app["app_label"]))
    for app in apps:
        entries: dict[bool, list[ListEntry]] = {True: [], False: []}
        for model in app["models"]:
            if model["object_name"] in FIRST:
                continue
            about = getattr(admin.site.get_model_admin(model["model"]), "about", "")
            entries[model["view_only"]].append(ListEntry(model["name"], model["admin_url"], about))
        if entries[False]:
            edited.append((app["name"], SECTIONS[app["app_label"]], entries[False]))
        if entries[True]:
            read.append((app["name"], entries[True]))
    return edited, read


def recent(user: User) -> list[tuple[Any, str, str, str]]:
    """[(when, who, what in words, address or "")] of what administrators did last, here and on the pages of the site."""
    logged = LogEntry.objects.select_related("user", "content_type").order_by("-action_time")[:LOOKED_AT]
    acts = open_acts(user).filter(by__is_superuser=True).select_related("by").order_by("-pk")[:LOOKED_AT]
    rows = [(entry.action_time, entry.user, _in_words(entry), _page_of(entry)) for entry in logged]
    for act in acts:
        rows.append((act.at, act.by, act.words, reverse("admin:ledger_change_change", args=[act.pk])))
    rows.sort(key=lambda row: row[0], reverse=True)
    return [_told(list(same)) for _, same in groupby(rows, key=lambda row: (row[1], row[2]))][:RECENT]


def _told(same: list[tuple[Any, User, str, str]]) -> tuple[Any, str, str, str]:
    """Of the same thing done several times on end the last, and how many times."""
    at, who, words, page = same[0]
    times = f", {group(len(same))} lần" if len(same) > 1 else ""
    return timezone.localtime(at), who.get_full_name(), words + times, page


def _in_words(entry: LogEntry) -> str:
    verb = {ADDITION: "Thêm", DELETION: "Xóa"}.get(entry.action_flag, "Sửa")
    return f"{verb} {entry.content_type.name if entry.content_type else 'dòng'} “{entry.object_repr}”"


def _page_of(entry: LogEntry) -> str:
    return "" if entry.action_flag == DELETION else entry.get_admin_url() or ""


def first_page(request: HttpRequest) -> dict[str, Any]:
    """What the template of the first page takes."""
    edited, read = lists(request)
    return {
        "title": "Quản trị",
        "cards": cards(),
        "edited": edited,
        "read": read,
        "ledgers": sum(len(entries) for _, entries in read),
        "recent": recent(request.user),
    }
