"""The doors of a sheet ask who and when: the table of permits driven through the pages, and what is sent stays on them."""

import re

import pytest
from django.urls import reverse

from ledger.web import carry
from organizations.access import Act, capacities
from ratings import permits
from ratings.judging.reading import Reading
from ratings.models import State
from ratings.sheets.steps import ACTS
from tests.hand import signed_in_as
from tests.ratings.desk import Desk
from tests.world import TODAY

PERIOD = (2018, None)
PAPER = {"so": "9-QĐ/ĐU", "ngay": "13/12/2018", "co_quan": "Đảng ủy"}
ROLES = {
    "secretary": ("SECRETARY", "DB01-01"),
    "committee": ("COMMITTEE", "DB01"),
    "department": ("ORGANIZATION", "K"),
    "leader": ("LEADER", "K"),
}
# Who takes which step of the sheet of DB01-01 in which state; everything else is refused.
TAKEN = {
    ("secretary", "submit", "draft"),
    ("committee", "endorse", "submitted"),
    ("committee", "return", "submitted"),
    ("committee", "return", "endorsed"),
    ("committee", "decide", "endorsed"),
    ("department", "accept", "decided"),
    ("department", "reopen", "decided"),
    ("department", "reopen", "accepted"),
}
OF_A_CELL_OF_ITS_OWN = {("decide", "draft")}  # the secretary of CB01 with the sheet of CB01


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def url(name, code="DB01-01"):
    return reverse(name, args=[code, PERIOD])


@pytest.fixture
def desk(world):
    desk = Desk(world, 2018)
    desk.rate(An=2, Bình=3, Phúc=2, Quân=2)
    return desk


def bring(desk, code, state):
    """The sheet of `code` on to `state`."""
    steps = {"submitted": desk.submit, "endorsed": desk.endorse, "decided": desk.decide, "accepted": desk.accept}
    for name, step in steps.items():
        if desk.state(code) == state:
            return
        if code != "CB01" or name in ("decided", "accepted"):
            step(code)


@pytest.fixture
def client_of(desk):
    def client(role, code):
        return signed_in_as(desk.world.user(role, code))

    return client


def signed(desk, code, act, **more):
    sheet = desk.sheet(code)
    seen = Reading(desk.period, [sheet], TODAY).fingerprint(sheet)
    return {"viec": act, "phieu": sheet.pk, f"thay_{sheet.pk}": seen, "ly_do": "Xem lại", **PAPER, **more}


@pytest.mark.parametrize("state", [s.value for s in State if s != State.LOCKED])
@pytest.mark.parametrize("role", ROLES)
def test_the_table_holds_at_the_door(desk, client_of, role, state):
    client = client_of(*ROLES[role])
    bring(desk, "DB01-01", state)
    right = {act: permits.may(act, _held(client, desk)) for act in ACTS.values()}
    for name, act in ACTS.items():
        if (role, name, state) in TAKEN:
            continue
        answer = client.post(url("rating_step"), signed(desk, "DB01-01", name))
        assert answer.status_code == (400 if right[act] else 403), name
        assert desk.state("DB01-01") == state, name
    for name in {act for r, act, s in TAKEN if (r, s) == (role, state)}:
        sheet, before = desk.sheet("DB01-01"), desk.state("DB01-01")
        assert client.post(url("rating_step"), signed(desk, "DB01-01", name)).status_code == 302, name
        assert desk.state("DB01-01") != before
        type(sheet).objects.filter(pk=sheet.pk).update(state=before)


def _held(client, desk):
    return capacities(type(client.user).objects.get(pk=client.user.pk), desk.world.org["DB01-01"], TODAY)


@pytest.mark.parametrize("state", ["draft", "decided", "accepted"])
def test_a_cell_of_its_own_takes_nothing_back(desk, client_of, state):
    client = client_of("SECRETARY", "CB01")
    bring(desk, "CB01", state)
    for name in ACTS:
        if (name, state) not in OF_A_CELL_OF_ITS_OWN:
            answer = client.post(url("rating_step", "CB01"), signed(desk, "CB01", name))
            assert answer.status_code in (400, 403), name
            assert desk.state("CB01") == state, name


def test_every_step_is_in_the_table():
    assert set(ACTS.values()) | {Act.RATE, Act.CORRECT} == set(permits.SHEET_ACTS)
    assert {act for _, act, _ in TAKEN} == set(ACTS)


def test_a_refused_decision_keeps_the_levels_and_the_reasons(desk, client_of):
    bring(desk, "DB01-01", "endorsed")
    client, cell, an = client_of("COMMITTEE", "DB01"), desk.world.org["DB01-01"].pk, desk.world.people["An"].pk
    levels = {f"quyet_{cell}_{an}": "4", f"vi_sao_{cell}_{an}": "Vi phạm"}
    answer = client.post(url("rating_step"), signed(desk, "DB01-01", "decide", **levels, ngay="hôm nay"))
    row = next(r for r in answer.context["sheet_page"].rows if r.pk == an)
    assert (answer.status_code, row.deciding, row.deciding_why) == (400, 4, "Vi phạm")
    assert 'value="Vi phạm"' in answer.content.decode()


def test_a_refused_decision_stays_on_the_read_back(desk, client_of):
    client = client_of("SECRETARY", "CB01")
    sent = signed(desk, "CB01", "decide", ngay="mai", xem_lai="1", giai_trinh="Đã họp ngày 10")
    answer = client.post(url("rating_step", "CB01"), sent)
    assert answer.status_code == 400
    assert "Xem lại trước khi gửi" in text(answer)
    for typed in ("9-QĐ/ĐU", "mai"):
        assert f'value="{typed}"' in answer.content.decode()


def test_only_the_cell_explains_itself(desk, client_of):
    client = client_of("COMMITTEE", "DB01")
    client.post(url("rating_step"), signed(desk, "DB01-01", "decide", giai_trinh="Thay mặt chi bộ"))
    assert desk.sheet("DB01-01").explanation == ""


def own(desk, client, **data):
    sent = {"to_chuc": "1", "nguoi": carry.token(client.user), **data}
    return client.post(url("rating_line", "CB01"), sent, HTTP_ACCEPT="application/json")


def test_the_task_is_kept_before_the_level_is_chosen(desk, client_of):
    client = client_of("SECRETARY", "CB01")
    assert own(desk, client, nhiem_vu="EXCEEDED", v_to_chuc="0").json()["own_version"] == 1
    assert (desk.organization("CB01").task, desk.organization("CB01").proposed) == ("EXCEEDED", None)
    assert own(desk, client, nhiem_vu="EXCEEDED", de_nghi="2", v_to_chuc="1").status_code == 200
    assert desk.organization("CB01").proposed == 2


def test_a_task_another_wrote_is_not_written_over(desk, client_of):
    client = client_of("SECRETARY", "CB01")
    own(desk, client, nhiem_vu="EXCEEDED", v_to_chuc="0")
    assert own(desk, client, nhiem_vu="FAILED", v_to_chuc="0").status_code == 422
    assert desk.organization("CB01").task == "EXCEEDED"
    answer = client.post(
        url("ratings", "CB01"), {"viec": "luu", "nhiem_vu": "FAILED", "de_nghi": "3", "v_to_chuc": "0"}
    )
    assert answer.status_code == 400
    assert (answer.context["sheet_page"].own_task, answer.context["sheet_page"].own_choice) == ("FAILED", "3")
    assert desk.organization("CB01").proposed is None


@pytest.fixture
def secretary(client_of):
    return client_of("SECRETARY", "DB01-01")


def test_a_form_that_comes_back_shows_what_another_wrote_meanwhile(desk, secretary):
    an = desk.world.people["An"].pk
    data = {f"muc_{an}": "4", f"v_{an}": "1", "nguoi": carry.token(secretary.user)}
    parcel = {"path": url("ratings"), "fields": {k: [v] for k, v in data.items()}, "user": secretary.user.pk}
    desk.rate(An=3)
    session = secretary.session
    session[carry.KEPT] = parcel
    session.save()
    answer = secretary.get(url("ratings"))
    row = next(r for r in answer.context["sheet_page"].rows if r.pk == an)
    assert (row.typed["muc"], row.theirs.proposed, row.version) == ("4", 3, 2)
    assert "vừa ghi “hoàn thành”" in text(answer)


def test_a_row_nobody_touched_is_no_conflict(desk, secretary):
    """Another rates An while this form lies open; only Bình was touched in it."""
    page = secretary.get(url("ratings")).context["sheet_page"]
    data = {"viec": "luu"}
    for row in page.rows:
        data |= {f"{name}_{row.pk}": value for name, value in row.typed.items()}
        data |= {f"v_{row.pk}": row.version, f"cu_{row.pk}": row.drawn}
    desk.rate(An=3)
    data[f"muc_{desk.world.people['Bình'].pk}"] = "2"
    answer = secretary.post(url("ratings"), data, follow=True)
    assert "Đã lưu 1 dòng." in text(answer)
    assert (desk.line("An").proposed, desk.line("Bình").proposed) == (3, 2)


@pytest.mark.parametrize(
    "data",
    [
        {"viec": "con_lai", "muc_con_lai": "9"},
        {"viec": "lay:" + "9" * 5000},
        {"viec": "xac_nhan:" + "9" * 5000},
        {"viec": "xac_nhan:٣"},
        {"vuot": "x" * 5000},
        {"giai_trinh": "\x00"},
        {"de_nghi": "9"},
        {"v_to_chuc": "9" * 5000, "de_nghi": "2"},
    ],
    ids=str,
)
def test_nonsense_is_answered_with_a_page(desk, secretary, data):
    answer = secretary.post(url("ratings"), data)
    assert answer.status_code in (302, 400, 409)


def test_a_token_is_no_parcel(desk, secretary):
    answer = secretary.post(reverse("login"), {"mang_theo": carry.token(secretary.user)})
    assert answer.status_code == 302
    assert carry.KEPT not in secretary.session


def test_a_pasted_confirmation_that_comes_back_is_confirmed_again(desk, secretary):
    an = desk.world.people["An"].pk
    fields = {"cot": ["Lê An\tH"], "xac_nhan": ["1"], "nguoi_1": [str(an)]}
    session = secretary.session
    session[carry.KEPT] = {"path": url("rating_paste"), "fields": fields, "user": secretary.user.pk}
    session.save()
    answer = secretary.get(url("rating_paste"))
    assert answer.status_code == 200
    assert "Đã đọc 1 dòng" in text(answer)
    assert desk.line("An").proposed == 2


def test_a_conflict_with_a_line_whose_writer_is_not_known(desk, secretary):
    """Lines typed before acts were kept on them name nobody; nor does a version of a line that was never written."""
    an = desk.world.people["An"].pk
    desk.line("An").__class__.objects.filter(member=an).update(changed=None)
    sent = {"dang_vien": an, f"muc_{an}": "4", f"v_{an}": "0", "nguoi": carry.token(secretary.user)}
    answer = secretary.post(url("rating_line"), sent, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["who"], answer.json()["theirs"]) == (409, "Người khác", "tốt")
    answer = secretary.post(url("ratings"), sent)
    assert answer.status_code == 409
    assert "Người khác vừa ghi “tốt”." in text(answer)
    desk.world.enroll("Trần Xuân", "DB01-01", TODAY)
    xuan = desk.world.people["Xuân"].pk
    sent = {"dang_vien": xuan, f"muc_{xuan}": "2", f"v_{xuan}": "7", "nguoi": carry.token(secretary.user)}
    answer = secretary.post(url("rating_line"), sent, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["theirs"], answer.json()["version"]) == (409, "chưa xếp loại", 0)
    assert secretary.post(url("ratings"), sent).status_code == 409
