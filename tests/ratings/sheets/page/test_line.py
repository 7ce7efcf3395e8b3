"""The line that saves itself."""

from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.web import carry
from ratings.models import Sheet
from tests.ratings.sheets.page.form import PAGE, pk, text, typed

LINE = reverse("rating_line", args=["DB01-01", (2018, None)])


def send(client, desk, name, version=0, **fields):
    who = pk(desk, name)
    data = {f"{field}_{who}": value for field, value in fields.items()} | {f"v_{who}": version, "dang_vien": who}
    return client.post(LINE, {**data, "nguoi": carry.token(client.user)}, HTTP_ACCEPT="application/json")


def test_a_line_saves_itself(desk, secretary):
    answer = send(secretary, desk, "An", muc="2").json()
    assert (answer["version"], answer["missing"], answer["done"]) == (1, [pk(desk, "Bình")], 1)
    assert "2 đồng chí: 1 tốt" in answer["summary"]
    again = send(secretary, desk, "An", muc="2")
    assert (again.status_code, again.json()["version"]) == (200, 1)


def reads_of_the_roll(send_it):
    """How often the members on a roll are read while `send_it()`; that they are locked by it as well is no reading."""
    with CaptureQueriesContext(connection) as asked:
        send_it()
    return sum(q["sql"].startswith('SELECT "members_membership"."organization_id"') for q in asked)


def test_the_roll_is_read_once_from_what_is_sent_to_the_answer(desk, secretary):
    assert reads_of_the_roll(lambda: send(secretary, desk, "An", muc="2")) == 1
    assert reads_of_the_roll(lambda: secretary.post(PAGE, typed(desk, (1, 0), muc_An="3"))) == 1
    assert reads_of_the_roll(lambda: secretary.post(PAGE, typed(desk, (2, 0), viec="con_lai"))) <= 2  # two acts


def test_a_line_that_another_wrote(desk, secretary):
    desk.rate(An=2)
    answer = send(secretary, desk, "An", muc="3")
    assert answer.status_code == 409
    assert (answer.json()["theirs"], answer.json()["version"], answer.json()["typed"]["muc"]) == ("tốt", 1, "2")
    assert desk.line("An").proposed == 2


def test_a_line_that_a_rule_refuses(desk, secretary):
    answer = send(secretary, desk, "An", muc="1")
    assert (answer.status_code, answer.json()["needs"]) == (422, "vuot")
    assert send(secretary, desk, "An", muc="x").status_code == 422
    assert send(secretary, desk, "Chi", muc="2").json()["error"] == (
        "Đồng chí này không còn trong danh sách của chi bộ. Hãy tải lại trang."
    )
    desk.rate(An=2, Bình=2)
    desk.submit("DB01-01")
    answer = send(secretary, desk, "An", 1, muc="3")
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/json")
    assert answer.json()["error"] == "Phiếu đã nộp; việc nhập xếp loại cần phiếu nháp."


def test_a_page_that_someone_else_opened_saves_nothing(desk, secretary, signed_in):
    other = signed_in("COMMITTEE", "DB02")
    who = pk(desk, "An")
    data = {"dang_vien": who, f"muc_{who}": "2", "nguoi": carry.token(other.user)}
    assert secretary.post(LINE, data).status_code == 403
    assert "do tài khoản khác mở" in text(secretary.post(PAGE, data))
    assert Sheet.objects.get(pk=desk.sheet("DB01-01").pk).lines.count() == 0


def test_a_session_that_ended_answers_the_script_plainly(desk, secretary):
    Session.objects.all().delete()
    answer = send(secretary, desk, "An", muc="2")
    assert (answer.status_code, answer.json()["signed_out"]) == (401, True)
