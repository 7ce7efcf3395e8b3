"""Pages and acts found by what they are called: those of the navigation, and those one reaches within a page."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse

from khoi_ccq.navigation.places import MenuPage, Spot, alone, in_year, letters_in_year, offered, places, spot_of
from ledger.models import User
from ledger.text import search_key, word_key, words_of
from ledger.web.finding import Hit, HitGroup
from organizations.access import Keep
from organizations.frame import frame


def _entering(errand: str) -> Any:
    return lambda spot: [spot.code, spot.year, errand]


def _keeps(keep: Keep) -> Any:
    return lambda spot: spot.frame is not None and spot.frame.may(keep)


ACTS = (
    MenuPage("Ghi kết nạp đảng viên", "enter", (), _keeps(Keep.ROLL), _entering("ket-nap")),
    MenuPage("Ghi đảng viên chuyển đến từ đảng bộ khác", "enter", (), _keeps(Keep.ROLL), _entering("chuyen-den")),
    MenuPage("Giới thiệu người vào nguồn kết nạp", "candidates", (), _keeps(Keep.CANDIDATES), in_year),
    MenuPage("Ghi cuộc kiểm tra, giám sát", "inspection_plan", (), _keeps(Keep.INSPECTIONS), in_year),
    MenuPage("Ghi đơn thư tố cáo", "letter_new", (), _keeps(Keep.LETTERS), letters_in_year),
    MenuPage("Nhập dữ liệu từ tệp", "imports", (), lambda spot: spot.office.brings_files, alone),
    MenuPage("Việc cần làm", "tasks", (), lambda spot: bool(spot.office.appointments), alone),
    MenuPage("Tự kiểm tra", "self_check", (), lambda spot: spot.office.looks_after_a_whole, alone),
    MenuPage("Bắt đầu", "first_steps", (), lambda spot: spot.user.is_superuser, alone),
    MenuPage("Quản trị", "admin:index", (), lambda spot: spot.user.is_superuser, alone),
)
OWN = MenuPage("Đổi mật khẩu", "password_change", args=alone)


def acts(user: User, text: str, site: dict[str, Any]) -> HitGroup:
    """The HitGroup of the pages and acts that `text` finds, at the reader's own organization. `site`: khoi_ccq/context.py."""
    words = [search_key(word) for word in words_of(text)]
    rows = [Hit(OWN.label, reverse(OWN.opens))] if _is_found(OWN.label, words) else []
    spot = spot_of({**site, "user": user})
    if spot is not None and words:
        rows = [hit for hit in _of(_at_home(spot)) if _is_found(f"{hit.label} {' '.join(hit.notes)}", words)] + rows
    return HitGroup("trang", "Trang và việc", rows, lambda found: found)


def _is_found(label: str, words: list[str]) -> bool:
    key = f" {word_key(label)}"
    return bool(words) and all(f" {word}" in key for word in words)


def _at_home(spot: Spot) -> Spot:
    try:
        return replace(spot, frame=frame(spot.user, spot.code, spot.year))
    except Http404:
        return spot


def _of(spot: Spot) -> list[Hit]:
    acts = [Hit(act.label, act.address(spot)) for act in ACTS if act.seen(spot)]
    pages = [
        Hit(page.label, page.address(spot), [place.label]) for place in places(spot) for page in offered(place, spot)
    ]
    return acts + pages
