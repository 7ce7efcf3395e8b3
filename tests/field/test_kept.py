"""What was typed is kept: through a lock-out, a stale page, a form of any size, and with its lines as they were."""

import importlib
import pkgutil
import re
from datetime import date

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.urls import reverse

from indicators.verbs import FigureVerb
from inspections.verbs import LetterVerb
from ledger.acts import UNCHANGED, Refused, act
from ledger.fields import CleanTextField
from ledger.models import Change
from ledger.numbers import day as in_words
from ledger.soundness import outcomes
from ledger.web import carry
from members.life.statuses import exempt
from members.models import Membership, Status
from members.register import arrivals
from ratings.models import Sheet
from reorganizations.destinations_form import MANY
from tests.access.rows import ROWS, address
from tests.hand import Hand, _Forms, signed_in_as
from tests.pages.test_pages_site import standing
from tests.ratings.desk import Desk
from tests.world import TODAY, refused

PASSWORD = "mot-cau-dai-kho-doan"
TWO_LINES = "Dòng một\nDòng hai"
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


# Lines


def every_form():
    """Every class of form of the site."""
    for app in ("ledger", "organizations", "members", "inspections", "ratings", "indicators", "khoi_ccq"):
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "migrations" not in module.name and "management" not in module.name and module.name != "khoi_ccq.wsgi":
                importlib.import_module(module.name)
    found, waiting = set(), [forms.Form]
    while waiting:
        for sub in waiting.pop().__subclasses__():
            if sub not in found and not sub.__module__.startswith(("django", "axes", "simple_history", "tests")):
                found.add(sub)
            waiting.append(sub)
    return found


def test_every_field_of_several_lines_keeps_them():
    areas = [
        (form.__name__, name, field)
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea)
    ]
    assert {"ly_do", "noi_dung"} <= {name for _, name, _ in areas}
    for form, name, field in areas:
        assert field.clean("Dòng một\r\n\r\n  Dòng  hai\r\n") == "Dòng một\n\nDòng hai", (form, name)


def test_every_column_that_a_textarea_fills_keeps_lines():
    columns = [(Change, "reason"), (Sheet, "returned_because"), (Sheet, "over_cap"), (Sheet, "explanation")]
    for model, name in columns:
        assert isinstance(model._meta.get_field(name), CleanTextField), (model, name)


def test_no_template_folds_the_lines_of_a_reason():
    folded = [
        (path.name, found)
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for found in re.findall(
            r"\{\{ [a-z_.]*(?:(?:change|act|voided|undone|added|badge|award|step)\.reason|over_cap|explanation"
            r"|returned_because|conclusion\.text) \}\}",
            path.read_text(),
        )
    ]
    assert folded == []


def test_a_reason_of_two_lines_by_its_pages(world):
    desk = Desk(world, 2018)
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    committee, secretary = (world.user(*office) for office in (("COMMITTEE", "DB01"), ("SECRETARY", "DB01-01")))
    hand = Hand(committee).open(reverse("ratings", args=["DB01-01", (2018, None)]))
    hand.press("return", ly_do="Dòng một\r\nDòng hai")
    assert desk.sheet("DB01-01").returned_because == TWO_LINES
    assert Change.objects.latest("pk").reason == TWO_LINES
    shown = "Dòng một<br>Dòng hai"
    page = reverse("ratings", args=["DB01-01", (2018, None)])
    assert shown in Hand(secretary).open(page).page.content.decode()
    history = reverse("rating_history", args=["DB01-01", (2018, None)])
    assert shown in Hand(secretary).open(history).page.content.decode()
    keeper = Hand(world.user("ORGANIZATION", "K"))
    keeper.open(reverse("errand", args=[world.people["An"].pk, "mien"]))
    paper = {"so": "1-QĐ", "ngay": "01/12/2018", "co_quan": "Đảng ủy", "tu_ngay": "01/12/2018"}
    keeper.press(None, ly_do="Dòng một\r\nDòng hai", **paper)
    assert Change.objects.latest("pk").reason == TWO_LINES
    assert shown in keeper.open(reverse("member", args=[world.people["An"].pk])).page.content.decode()


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


# Nothing changed


def test_an_act_that_changes_nothing_is_none(world):
    before = Change.objects.count()
    with pytest.raises(Refused) as caught, act("thử", **world.act()):
        Status.objects.filter(member=0).update(kind=1)
        Status.objects.filter(member=0).delete()
        Status.objects.bulk_create([])
    assert caught.value.messages == [UNCHANGED]
    assert Change.objects.count() == before
    with refused(UNCHANGED):
        exempt([], **world.act())


def test_targets_sent_twice(site):
    hand = Hand(site.user("ORGANIZATION", "K")).open(reverse("targets", args=["DB01", 2018]))
    (form,) = [form for form in hand.forms() if carry.FIELD in dict(form["fields"])]
    data = dict(form["fields"])
    field = next(name for name in data if name not in {carry.FIELD, "csrfmiddlewaretoken", "so", "ngay", "co_quan"})
    data |= {field: "2", "so": "9-NQ", "ngay": "01/12/2018", "co_quan": "Đảng ủy Khối"}
    path = reverse("targets", args=["DB01", 2018])
    assert hand.client.post(path, data).status_code == 302
    before = Change.objects.count()
    opened_anew = dict(next(f for f in hand.open(path).forms() if carry.FIELD in dict(f["fields"]))["fields"])
    assert opened_anew[field] == "2"
    for again in (data, opened_anew | {"so": "9-NQ", "ngay": "01/12/2018", "co_quan": "Đảng ủy Khối"}):
        answer = hand.client.post(path, again)
        assert (answer.status_code, "nên không có gì để ghi" in answer.content.decode()) == (400, True)
    assert Change.objects.count() == before


def empty(world, verb, **more):
    return Change.objects.create(verb=verb, by=world.by, on=TODAY, **more)


def test_an_empty_act_of_before_is_found(world):
    """Of those that write nothing but rows; whoever may read no letters learns of none from a verb."""
    before = [o for o in outcomes() if o.findings]
    rows = [
        empty(world, FigureVerb.SET_TARGETS),
        empty(world, "Được miễn công tác", undoable=True),
        *(empty(world, verb, undoable=True) for verb in LetterVerb),
    ]
    empty(world, FigureVerb.SET_GROUPS, detail="2018")  # leaves rows of a catalogue
    undone = empty(world, "Phân công", undoable=True)
    Change.objects.filter(pk=undone.pk).update(undone=empty(world, "Hủy việc: Phân công"))
    ((found,), names) = [o for o in outcomes() if o.findings], ["Việc “Giao chỉ tiêu”", "Việc “Được miễn công tác”"]
    names += ["Một việc Ủy ban Kiểm tra đã ghi"] * len(LetterVerb)
    assert (before, found.certain) == ([], False)
    assert [f.sentence for f in found.findings] == [
        f"{name} (số {row.pk}, ghi ngày {in_words(row.at)}): không ghi, không hủy dòng nào, có thể do biểu mẫu gửi hai lần. "
        "Không số liệu nào dựa vào đó; hãy xem điều định ghi đã có chưa, nếu chưa thì ghi lại."
        for name, row in zip(names, rows, strict=True)
    ]
