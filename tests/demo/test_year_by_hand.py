"""The open year carried from half entered to locked with the demonstration's accounts, page by page."""

import re
from datetime import date

import pytest

from indicators.board import board
from ledger.models import Installation, User
from organizations.models import Organization
from ratings.models import OrganizationRating, Period, Sheet, State
from ratings.periods.progress import progress
from tests.hand import Hand

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
PAPER = {"so": "20-QĐ/XL", "ngay": "14/12/2018", "co_quan": "Cấp ủy cơ sở"}


def hand(name):
    return Hand(User.objects.get(username=name))


def states(*wanted):
    return [s.organization.code for s in sheets().filter(state__in=wanted)]


def sheets():
    rows = Sheet.objects.standing().filter(period__year=2018).select_related("organization")
    return rows.order_by("organization__code")


def fill(code):
    """The secretary of `code` rates everyone: the rest at once, then those the record speaks of, then the exceptions."""
    page = hand(f"bithu.{code}").open(f"/xep-loai/{code}/2018/")
    page.press("con_lai", de_nghi="2", refused=None)
    while found := re.findall(r'value="(xac_nhan:\d+)"', page.page.content.decode()):
        page.press(found[0], refused=None)
    for row in page.page.context["sheet_page"].rows:
        if not row.is_settled:  # long sick or reprimanded: not above "hoàn thành" without a reason
            page.press("luu", **{f"muc_{row.pk}": "3"})
    page.press("nop")
    assert "Xem lại trước khi gửi" in page.text
    return page


def progress_of_the_dashboard():
    return board(Organization.objects.get(code="K"), 2018, years=[2018]).progress


def test_2018_from_half_entered_to_locked():
    assert progress_of_the_dashboard() == (60, 192)
    for code in states(State.DRAFT):
        page = fill(code)
        if "-" in code:
            page.press("submit")
        else:
            page.press("decide", nhiem_vu="COMPLETED", **PAPER)
    cells = progress(Period.objects.get(year=2018))
    assert {row.not_yet for row in cells} == {0}
    decided = len(states(State.DECIDED))
    assert progress_of_the_dashboard() == (decided, 192)
    assert decided + len(states(State.SUBMITTED)) == 192

    committees = list(Organization.objects.filter(code__regex=r"^DB\d\d$").values_list("code", flat=True))
    for code in committees:
        page = hand(f"danguy.{code}").open(f"/xep-loai/{code}/2018/")
        if any(c.startswith(code) for c in states(State.SUBMITTED)):
            page.press("approve", tick=["phieu"], **PAPER)
        page.open(f"/xep-loai/{code}/2018/to-chuc/")
        levels = {f"muc_{r.rating.pk}": "2" for r in page.page.context["levels_page"].rows}
        page.press("de-nghi", muc="1")
        page.open(f"/xep-loai/{code}/2018/to-chuc/").press("nhiem-vu", nhiem_vu="EXCEEDED")
        page.open(f"/xep-loai/{code}/2018/to-chuc/").press("quyet-dinh", **levels, **PAPER)
    assert progress_of_the_dashboard() == (192, 192)

    department = hand("bantochuc")
    while states(State.DECIDED):
        department.open("/xep-loai/K/2018/?trang_thai=decided").press("accept", tick=["phieu"])
    assert len(states(State.ACCEPTED)) == 192

    leader = hand("lanhdao").open("/xep-loai/K/2018/to-chuc/")
    rows = leader.page.context["levels_page"].rows
    assert len(rows) == 56
    levels = {f"muc_{r.rating.pk}": str(r.rating.proposed or 2) for r in rows}
    leader.press("quyet-dinh", **levels, **PAPER)
    open_rows = OrganizationRating.objects.standing().filter(period__year=2018, level__isnull=True)
    assert not open_rows.exists()

    hand("quantri").open(f"/quan-tri/ledger/installation/{Installation.objects.get().pk}/change/").press(
        None, demo_day="16/01/2019"
    )
    assert Installation.objects.get().demo_day == date(2019, 1, 16)
    period = Period.objects.get(year=2018)
    department.open("/ky-xep-loai/").press("khoa", xac_nhan="on")
    period.refresh_from_db()
    assert period.locked is not None
    assert len(states(State.LOCKED)) == 192
    figures = hand("lanhdao").open("/chi-tieu/K/2018/")
    assert "kỳ đã khóa" in figures.text
    assert "tạm tính" not in re.search(r'(?s)class="head".*?class="counts"', figures.page.content.decode())[0]
    rated = {line.group.code: line for line in board(Organization.objects.get(code="K"), 2018).cards()}
    assert rated["DV-HTT"].result.denominator == sum(row.rated for row in progress(period))
