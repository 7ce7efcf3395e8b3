"""After the lock nothing changes through any door: form, line, paste, step, organizations, administration."""

import re
from datetime import date

import pytest
from django.urls import reverse

from ledger.models import Installation, User
from ratings.judging.locking import CLOSED
from ratings.models import MemberRating, OrganizationRating, Sheet
from tests.hand import signed_in_as
from tests.kept import kept
from tests.ratings.desk import Desk
from tests.world import World, recorded

PAPER = {"so": "1-QĐ", "ngay": "10/01/2018", "co_quan": "Đảng ủy"}


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def url(name, code):
    return reverse(name, args=[code, (2017, None)])


@pytest.fixture
def desk(db):
    return kept(locked)


def locked():
    """2017, locked."""
    world = kept(World)
    desk = Desk(world, 2017)
    desk.finish()
    desk.lock()
    return desk


@pytest.fixture
def send(desk):
    """A function: posts as the role and holds that nothing was written; the answer."""

    def post(role, code, name, where, data, **headers):
        user = User.objects.create_superuser("goc") if role == "administrator" else desk.world.user(role, code)
        client = signed_in_as(user)
        before = recorded(), list(MemberRating.objects.values()), list(OrganizationRating.objects.values())
        answer = client.post(name if name.startswith("/") else url(name, where), data, **headers)
        after = recorded(), list(MemberRating.objects.values()), list(OrganizationRating.objects.values())
        assert after == before
        return answer

    return post


def test_the_form_and_the_line(desk, send):
    an = desk.world.people["An"].pk
    data = {"viec": "luu", f"muc_{an}": "1", f"v_{an}": desk.line("An").version}
    answer = send("SECRETARY", "DB01-01", "ratings", "DB01-01", data)
    assert answer.status_code == 409
    assert CLOSED in text(answer)
    data |= {"dang_vien": an}
    answer = send("SECRETARY", "DB01-01", "rating_line", "DB01-01", data, HTTP_ACCEPT="application/json")
    assert (answer.status_code, answer.json()["error"]) == (403, CLOSED)
    answer = send("SECRETARY", "DB01-01", "rating_paste", "DB01-01", {"cot": "Lê An\t1", "xac_nhan": "1"})
    assert answer.status_code == 403
    assert CLOSED in text(answer)


@pytest.mark.parametrize(
    ("role", "code", "act"),
    [
        ("SECRETARY", "DB01-01", "submit"),
        ("COMMITTEE", "DB01", "endorse"),
        ("COMMITTEE", "DB01", "decide"),
        ("COMMITTEE", "DB01", "return"),
        ("ORGANIZATION", "K", "accept"),
        ("ORGANIZATION", "K", "reopen"),
    ],
)
def test_every_step(desk, send, role, code, act):
    sheet = Sheet.objects.get(period=desk.period, organization__code="DB01-01")
    data = {"viec": act, "phieu": sheet.pk, f"thay_{sheet.pk}": "0-x", "ly_do": "Xem lại", **PAPER}
    answer = send(role, code, "rating_step", code, data)
    assert answer.status_code == 400
    assert CLOSED in text(answer)


@pytest.mark.parametrize(
    ("role", "code", "data"),
    [
        ("COMMITTEE", "DB01", {"viec": "de-nghi", "muc": "1", "ban": "2"}),
        ("COMMITTEE", "DB01", {"viec": "nhiem-vu", "nhiem_vu": "FAILED", "ban": "2"}),
        ("COMMITTEE", "DB01", {"viec": "quyet-dinh", **PAPER}),
        ("LEADER", "K", {"viec": "quyet-dinh", **PAPER}),
    ],
)
def test_organizations(desk, send, role, code, data):
    answer = send(role, code, "rating_organizations", code, data)
    assert answer.status_code == 400
    assert CLOSED in text(answer)


def test_the_deadlines_and_the_lock_itself(desk, send):
    for data in ({"viec": "han", "cell_due": "20/12/2017"}, {"viec": "khoa", "sure": "on"}):
        answer = send("ORGANIZATION", "K", "/ky-xep-loai/", "", {"ky": "2017", **data})
        assert answer.status_code == 400


@pytest.mark.parametrize("model", ["sheet", "period", "step"])
def test_the_administration(desk, send, model):
    row = {"sheet": desk.sheet("DB01-01"), "period": desk.period}.get(model) or desk.sheet("DB01-01").steps.first()
    page = reverse(f"admin:ratings_{model}_change", args=[row.pk])
    assert send("administrator", "", page, "", {"state": "draft", "cutoff": "01/01/2018"}).status_code == 403


# Points, and quarters


@pytest.fixture
def quarter(world):
    """The last quarter of 2025, when ratings go by points; today is 14/12/2025."""
    Installation.objects.update(demo_day=date(2025, 12, 14))
    desk = Desk(world, 2025, quarter=4)
    assert desk.period.scheme.by_points
    return desk


def test_points_are_typed_and_the_level_follows(quarter):
    world = quarter.world
    client = signed_in_as(world.user("SECRETARY", "CB01"))
    page = reverse("ratings", args=["CB01", (2025, 4)])
    answer = client.get(page)
    assert "Gõ điểm từ 0 đến 100" in text(answer)
    assert "Xếp loại đảng viên quý 4/2025" in text(answer)
    assert 'type="radio"' not in answer.content.decode()
    phuc, quan = (world.people[name].pk for name in ("Phúc", "Quân"))
    data = {f"diem_{phuc}": "87,5", f"v_{phuc}": "0", f"diem_{quan}": "101", f"v_{quan}": "0", "de_nghi_diem": "90"}
    answer = client.post(page, {"viec": "luu", "v_to_chuc": "0", **data})
    assert answer.status_code == 400
    assert "Điểm phải từ 0 đến 100" in text(answer)
    assert (quarter.line("Phúc").points, quarter.line("Phúc").proposed) == (87.5, 2)
    assert (quarter.organization("CB01").proposed, quarter.organization("CB01").points) == (1, 90)
    assert f'name="diem_{quan}" value="101"' in answer.content.decode()
    answer = client.post(page, {"viec": "luu", f"diem_{quan}": "49,99", f"v_{quan}": "0"}, follow=True)
    assert quarter.line("Quân").proposed == 4
    assert "2 đồng chí: 1 tốt, 1 không hoàn thành" in text(answer)
