"""What waits in the registers for who keeps them: transfers to answer, ceremonies to hold, probations coming to their end,
open letters, a year to open.

Told beside what is owed in ratings, and counted as the page behind each line counts.
"""

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse

from inspections.letters import letter_list
from inspections.scope import Scope
from ledger import clock
from ledger.numbers import group
from members.candidates import pipeline
from members.life.due import ALERTS
from members.life.offers_page import ACCEPT, OffersPage
from members.life.probation_page import ProbationPage
from members.models import Stage
from organizations.access import Act, Keep, capacities, homes_of, may, may_keep
from organizations.frame import frame
from ratings.periods.periods import years_to_open


@dataclass(frozen=True)
class WaitingLine:
    """`place`: the spell of the office it waits for; `url`: the page where it is done."""

    place: object
    words: str
    url: str


def offices(user, year):
    """Yields the Frame in `year` of each organization where the user is at home that can be opened then."""
    for code in homes_of(user):
        try:
            yield frame(user, code, year)
        except Http404:
            continue


def lines(user):
    """[WaitingLine] of what waits today. The number of queries grows with the offices of the user alone."""
    pages = list(offices(user, clock.today().year))
    found = [line for page in pages for line in _of_office(user, page)]
    return [line for line in found if line]


def _of_office(user, page):
    waits = _transfers(user, page), _ceremonies(user, page), _probations(user, page), _letters(page)
    return *waits, *_years(user, page)


def _transfers(user, page):
    rows = OffersPage(page, user, {}).context()["incoming"]
    n = sum(ACCEPT in dict(row.errands) for row in rows)
    return _line(page, "offers", f"{group(n)} đảng viên được giới thiệu đến, chờ trả lời") if n else None


def _ceremonies(user, page):
    if not may_keep(Keep.CANDIDATES, capacities(user, page.organization, clock.today())):
        return None
    n = pipeline.listed(page.organization, date(page.year, 1, 1), page.day).filter(stage=Stage.DECIDED).count()
    words = f"{group(n)} người đã có quyết định, chờ làm lễ kết nạp"
    return _line(page, "candidates", words, query={"buoc": int(Stage.DECIDED)}) if n else None


def _probations(user, page):
    probation = ProbationPage(page, user)
    near = [due for due in probation.rows if due.alert is not None] if probation.may else []
    words = f"{group(len(near))} đảng viên dự bị đến hạn trong {max(ALERTS)} ngày tới"
    return _line(page, "probation", words, sum(due.has_come for due in near), "đã đến hạn") if near else None


def _letters(page):
    if not page.sees_letters:
        return None
    states = list(letter_list.coming(Scope(page)).values_list("state", flat=True))
    words = f"{group(len(states))} đơn thư chưa giải quyết xong"
    return _line(page, "letters", words, states.count(letter_list.LATE), "quá hạn") if states else None


def _years(user, page):
    """Years to open: that of today where nobody has, the next one towards its end."""
    if not page.is_bloc:
        return
    held = capacities(user, page.organization, clock.today())
    if not (may(Act.MANAGE, held) and may_keep(Keep.TARGETS, held)):
        return
    for year in years_to_open(page.organization, clock.today()):
        query = {"dang_bo": page.organization.code, "nam": year}
        words = f"Mở năm {year}: nhóm chỉ tiêu, chỉ tiêu, kỳ xếp loại"
        yield WaitingLine(page.place, words, reverse("first_steps", query=query, fragment="mo-nam"))


def _line(page, name, words, pressing=0, how="", query=None):
    also = f", trong đó {group(pressing)} {how}" if pressing else ""
    address = reverse(name, args=[page.organization.code, page.year], query=query)
    return WaitingLine(page.place, words + also, address)
