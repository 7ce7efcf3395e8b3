"""No account is left with a page that opens nothing: what is said to who held an office of what ended, and to who gives offices."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from ledger.models import User
from members.reorganizing.plan_bloc import ending, sending_away
from organizations.appoint import NewOffice, appoint
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.hand import signed_in_as

pytestmark = pytest.mark.django_db

DAY, LATER = date(2018, 10, 1), date(2018, 11, 1)


def end_bloc(world):
    """K goes to R1, the principal heir, and R2."""
    receivers = [Founding(code=code, name=f"Đảng bộ {code}", kind="KHOI") for code in ("R1", "R2")]
    parents = {"DB01": "R1", "DB02": "R2", "DB03": "R1", "CB01": "R1", "CB02": "R2"}
    world.carry_out(ending(["K"], parents, founded=receivers), DAY)


def end_bloc_and_its_heir(world):
    """R1 in its turn goes to R3, founded below no one."""
    end_bloc(world)
    receivers = [Founding(code="R3", name="Đảng bộ R3", kind="KHOI")]
    parents = dict.fromkeys(Forest.on(LATER).children("R1"), "R3")
    world.carry_out(ending(["R1"], parents, founded=receivers), LATER)


def merge_committee(world):
    world.merge("DB02", "DB01", {"DB02-01": "DB01-01", "DB02-02": None}, DAY)


def send_cell_away(world):
    world.carry_out(sending_away(Forest.on(DAY), {"CB02": "Đảng bộ huyện"}), DAY)


def words(answer):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def menu(answer):
    """Where the menu of a page leads to: its head and its chief links."""
    head = re.search(r"(?s)<header.*?</header>", answer.content.decode())[0]
    return set(re.findall(r'<a\b[^>]*? href="([^"]+)"', head))


TWO_HEIRS = "Nơi kế thừa: Đảng bộ R1 (kế thừa chính, làm tiếp việc cũ); Đảng bộ R2 (được xem)."
CASES = [
    ("ORGANIZATION", "K", end_bloc, "Ban Tổ chức Đảng ủy Khối", TWO_HEIRS),
    ("INSPECTION", "K", end_bloc, "Ủy ban Kiểm tra Đảng ủy Khối", TWO_HEIRS),
    ("LEADER", "K", end_bloc, "Lãnh đạo Đảng ủy Khối", TWO_HEIRS),
    ("LEADER", "K", end_bloc_and_its_heir, "Lãnh đạo Đảng ủy Khối", TWO_HEIRS.replace("R1", "R3")),
    ("COMMITTEE", "DB02", merge_committee, "Cấp ủy cơ sở, bộ phận", "Nơi kế thừa: Tổ chức DB01."),
    ("SECRETARY", "DB02-01", merge_committee, "Bí thư chi bộ", "Nơi kế thừa: Tổ chức DB01."),
    ("SECRETARY", "CB02", send_cell_away, "Bí thư chi bộ", "Không có nơi kế thừa; đảng bộ cấp trên cũ vẫn xem"),
]


@pytest.mark.parametrize(("role", "code", "end", "office", "heirs"), CASES, ids=lambda x: getattr(x, "__name__", ""))
def test_every_page_that_is_offered_opens_and_says_who_answers_now(world, role, code, end, office, heirs):
    user = world.user(role, code)
    end(world)
    browser = signed_in_as(user)
    first = browser.get(reverse("home"))
    said = f" kết thúc hoạt động từ ngày 01/10/2018, nên vai trò “{office}” của đồng chí ở đó cũng kết thúc."
    for url in menu(first):
        page = browser.get(url)
        assert page.status_code == 200, url
        if url == reverse("home"):
            assert "Tổ chức đã kết thúc hoạt động" in words(page)
            assert f"Tổ chức {code}" in words(page) and said in words(page) and heirs in words(page)
        else:
            assert url in {reverse("password_change"), reverse("find"), reverse("help")}
    # A page kept from before: not there any more, and the way back to what happened.
    kept = browser.get(reverse("dashboard", args=[code, 2018]))
    assert kept.status_code == 404
    assert reverse("home") in menu(kept)


def test_who_was_given_an_office_at_the_heir_begins_there(world):
    user = world.user("ORGANIZATION", "K")
    end_bloc(world)
    appoint([NewOffice(user=user, role="ORGANIZATION", organization=world.org["R1"])], **world.act(DAY))
    page = signed_in_as(user).get(reverse("home"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("dashboard", args=["R1", 2018])
    assert page.status_code == 200


def test_the_administration_sees_which_offices_are_wanting(world):
    world.user("ORGANIZATION", "K")
    world.user("COMMITTEE", "DB02")
    browser = signed_in_as(User.objects.create_superuser("goc"))
    empty = words(browser.get(reverse("offices")))
    assert "0 vai trò còn thiếu ở nơi kế thừa" in empty
    assert "Chưa có tổ chức nào kết thúc mà còn người giữ vai trò." in empty
    end_bloc(world)
    page = words(browser.get(reverse("offices")))
    assert "1 vai trò đã kết thúc mà nơi kế thừa chưa có ai giữ" in page
    row = "Ban Tổ chức Đảng ủy Khối Tổ chức K 01/10/2018"
    assert f"{row} Đảng bộ R1 (R1): chưa có ai Đảng bộ R2 (R2): chưa có ai" in page
    assert "DB02" not in page  # it goes on, and so does its office
    world.user("ORGANIZATION", "R1", DAY)
    page = words(browser.get(reverse("offices")))
    assert f"{row} Đảng bộ R1 (R1): đã có Đảng bộ R2 (R2): chưa có ai" in page
    world.user("ORGANIZATION", "R2", DAY)
    assert "0 vai trò còn thiếu ở nơi kế thừa" in words(browser.get(reverse("offices")))
