"""What was typed is kept through a lock-out and a stale page, and a form of any size is taken or told to be too large."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from ledger.web import carry
from members.models import Membership
from members.register import arrivals
from reorganizations.destinations_form import MANY
from tests.access.rows import ROWS, address
from tests.hand import Hand, _Forms, signed_in_as
from tests.pages.test_pages_site import standing
from tests.ratings.desk import Desk
from tests.world import TODAY

PASSWORD = "mot-cau-dai-kho-doan"
MARK = "Dấu vết 271"


# The eighth wrong password


def test_the_locked_page_keeps_the_form_that_came_along(world):
    desk = Desk(world, 2018)
    user = world.user("SECRETARY", "DB01-01")
    user.set_password(PASSWORD)
    user.save()
    page, an = reverse("ratings", args=["DB01-01", (2018, None)]), world.people["An"].pk
    browser = Client()
    sent = {f"muc_{an}": "3", f"v_{an}": "0", carry.FIELD: carry.token(user)}
    answer = browser.post(page, sent)
    parcel = answer.context["carried"]
    assert parcel
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = browser.post(reverse("login"), {"username": user.username, "password": "sai", "mang_theo": parcel})
    assert answer.status_code == 429
    (form,) = [form for form in _Forms(answer.content.decode()).forms if ("mang_theo", parcel) in form["fields"]]
    assert "Những gì đồng chí vừa gõ vẫn được giữ" in answer.content.decode()
    back = browser.post(form["action"], dict(form["fields"]))
    assert back.status_code == 200
    assert "alert" not in back.content.decode()
    assert back.context["carried"] == parcel
    inside = signed_in_as(user)
    answer = inside.post(reverse("login"), {"mang_theo": parcel}, follow=True)
    assert answer.context["sheet_page"].rows[0].typed["muc"] == "3"
    assert carry.NOT_SENT in answer.content.decode()
    assert not desk.sheet("DB01-01").lines.exists()


# A stale page

site = pytest.fixture(scope="module")(standing)
TYPED = ("text", "textarea", "search")


def forms_with_text(page):
    """[(form, [names of what can be typed in it])] of a page, of those that survive the end of a session."""
    for form in _Forms(page).forms:
        fields = dict(form["fields"])
        if carry.FIELD in fields:
            yield form, fields


@pytest.mark.parametrize("role", ["secretary", "committee", "organization", "inspection", "administrator"])
def test_every_form_of_a_stale_page_comes_back_filled_and_says_that_it_was_not_sent(site, role):
    offices = {"secretary": ("SECRETARY", "DB01-01"), "committee": ("COMMITTEE", "DB01")}
    offices |= {"organization": ("ORGANIZATION", "K"), "inspection": ("INSPECTION", "K")}
    opener = site.as_administrator() if role == "administrator" else site.as_(*offices[role])
    stale = signed_in_as(opener.user, enforce_csrf_checks=True)
    tried = 0
    for name, place in sorted({(row[0], row[2]) for row in ROWS if row[1] == "GET" and row[2] in ("own", "-")}):
        if name.startswith("admin") or name in ("login", "logout", "password_change"):
            continue
        path = address(name, place, role)
        answer = opener.get(path)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        for form, fields in forms_with_text(answer.content.decode()):
            typed = [key for key in ("ly_do", "noi_dung", "title", "ho_ten", "ten", "name") if key in fields]
            sent = fields | dict.fromkeys(typed, MARK) | {"csrfmiddlewaretoken": "x" * 64}
            answer = stale.post(form["action"].partition("#")[0] or path, sent, follow=True)
            assert answer.status_code == 200, (name, form)
            page = answer.content.decode()
            assert carry.NOT_SENT in page, (name, form["action"])
            assert not typed or MARK in page, (name, form["action"], typed)
            tried += 1
    assert tried or role == "inspection"


def test_a_stale_page_of_signing_in_keeps_what_it_carried(world):
    user = world.user("SECRETARY", "DB01-01")
    Desk(world, 2018)
    sent = {f"muc_{world.people['An'].pk}": "3", carry.FIELD: carry.token(user)}
    page = reverse("ratings", args=["DB01-01", (2018, None)])
    parcel = Client().post(page, sent).context["carried"]
    data = {"username": "ai", "password": "gì", "mang_theo": parcel, "csrfmiddlewaretoken": "x" * 64}
    assert Client(enforce_csrf_checks=True).post(reverse("login"), data).context["carried"] == parcel
    answer = signed_in_as(user, enforce_csrf_checks=True).post(reverse("login"), data, follow=True)
    assert answer.context["sheet_page"].rows[0].typed["muc"] == "3"
    assert carry.NOT_SENT in answer.content.decode()


def test_a_line_of_a_stale_sheet(world):
    """By the script: told in its own words. By a browser without it: the sheet comes back filled."""
    Desk(world, 2018)
    user = world.user("SECRETARY", "DB01-01")
    browser = signed_in_as(user, enforce_csrf_checks=True)
    line, an = reverse("rating_line", args=["DB01-01", (2018, None)]), world.people["An"].pk
    sent = {"dang_vien": an, f"muc_{an}": "3", f"v_{an}": "0", carry.FIELD: carry.token(user)}
    answer = browser.post(line, sent, HTTP_ACCEPT="application/json")
    assert (answer.status_code, "chưa được ghi" in answer.json()["error"]) == (403, True)
    assert carry.KEPT not in browser.session
    answer = Client(enforce_csrf_checks=True).post(line, sent, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["signed_out"]) == (401, True)
    answer = browser.post(line, sent, follow=True)
    assert answer.status_code == 200
    assert answer.context["sheet_page"].rows[0].typed["muc"] == "3"
    assert carry.NOT_SENT in answer.content.decode()


def test_no_address_but_that_of_signing_out_answers_nothing_but_a_form():
    alone = {row[0] for row in ROWS if row[1] == "GET" and "405" in row[3:]}
    assert alone == {"logout"}


def test_every_form_with_something_to_type_carries_its_writer():
    """Those of passwords do not: what is typed there is never kept."""
    bare = [
        str(path.relative_to(settings.BASE_DIR))
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if path.parent.name not in ("registration", "scheme") and path.name != "503.html"
        for form in re.findall(r"(?s)<form[^>]*method=\"post\"(?:(?!typed_by|/sent\.html).)*?</form>", path.read_text())
        if re.search(r'fields?\.html|<textarea|<select|<input(?![^>]*type="hidden")', form)
    ]
    assert bare == []


# Size


def test_a_cell_of_170_members_without_scripts(world):
    rows = [world.arrival(f"Trần Đông {n}", "DB01-01", born=date(1960, 1, 1)) for n in range(168)]
    arrivals.enroll(rows, **world.act())
    desk = Desk(world, 2018)
    hand = Hand(world.user("SECRETARY", "DB01-01")).open(reverse("ratings", args=["DB01-01", (2018, None)]))
    cell = Membership.objects.filter(organization__code="DB01-01").values_list("member", flat=True)
    levels = {f"muc_{pk}": "2" for pk in cell}
    hand.press("luu", **levels)
    assert desk.sheet("DB01-01").lines.filter(proposed=2).count() == len(levels) == 170


def test_an_organization_of_1000_dissolved(world):
    for code in ("DB02-01", "DB02-02"):
        rows = [world.arrival(f"Trần {code} {n}", code, born=date(1960, 1, 1)) for n in range(498)]
        arrivals.enroll(rows, **world.act())
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("reorganize_act", args=["DB02", "giai-the"]))
    assert hand.page.content.decode().count('name="dang_vien_') == 1000
    (last,) = Membership.objects.filter(member__full_name="Trần DB02-02 497").values_list("member", flat=True)
    paper = {"so": "7-QĐ", "ngay": "14/12/2018", "co_quan": "Đảng ủy", "tu_ngay": "14/12/2018"}
    places = {"don_vi_DB02-01": "DB01-01", "don_vi_DB02-02": "DB01-01", f"dang_vien_{last}": "DB01-02"}
    hand.press("dien-tap", **paper, **places)
    hand.press("ghi")
    now = Membership.objects.on(TODAY)
    assert now.filter(organization__code="DB01-01").count() == 2 + 999
    assert now.filter(member=last).get().organization.code == "DB01-02"


def test_people_beyond_what_a_form_can_hold_go_with_their_cells(world, monkeypatch):
    """Said on the form itself, before anything is typed; who is not listed goes where the cell goes."""
    assert MANY < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    monkeypatch.setattr("reorganizations.destinations_form.MANY", 3)
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("reorganize_act", args=["DB01", "giai-the"]))
    assert "Có quá nhiều đảng viên để liệt kê từng người ở đây." in hand.text
    assert "dang_vien_" not in hand.page.content.decode()
    paper = {"so": "7-QĐ", "ngay": "14/12/2018", "co_quan": "Đảng ủy", "tu_ngay": "14/12/2018"}
    hand.press("dien-tap", **paper, **{"don_vi_DB01-01": "DB02-01", "don_vi_DB01-02": "DB02-01"})
    hand.press("ghi")
    assert world.names("DB02-01", TODAY) >= {"An", "Bình", "Chi", "Dung"}


@pytest.mark.parametrize(("setting", "least"), [("NUMBER_FIELDS", 3), ("MEMORY_SIZE", 100)])
def test_a_form_beyond_the_limit_is_told_so_and_nothing_of_it_is_written(world, settings, setting, least):
    desk = Desk(world, 2018)
    hand = Hand(world.user("SECRETARY", "DB01-01")).open(reverse("ratings", args=["DB01-01", (2018, None)]))
    setattr(settings, f"DATA_UPLOAD_MAX_{setting}", least)
    hand.press("luu", refused=True, **{f"muc_{world.people['An'].pk}": "2"})
    assert hand.page.status_code == 400
    assert "Biểu mẫu vừa gửi quá lớn nên chưa được ghi điều gì" in hand.text
    assert not desk.sheet("DB01-01").lines.exists()
    address, data = (
        reverse("rating_line", args=["DB01-01", (2018, None)]),
        {"a": "1", "b": "2", "c": "3", "d": "4" * 99},
    )
    told = hand.client.post(address, data, HTTP_ACCEPT="application/json")
    assert (told.status_code, "quá lớn" in told.json()["error"]) == (400, True)
