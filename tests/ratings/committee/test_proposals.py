"""What an organization proposes for itself, and records of its task."""

from datetime import date

import pytest

from ledger.models import Installation
from ledger.web import carry
from ratings.judging.locking import CLOSED
from ratings.verdicts.verdicts import Proposal, propose
from tests.hand import signed_in_as
from tests.ratings.desk import SUBORDINATE, Desk

from .page import PAPER, rows_of, text, url


def test_a_committee_proposes_and_records_its_task(desk, committee):
    page = url("rating_organizations", "DB01")
    assert "Đã ghi mức tự đề nghị." in text(
        committee.post(page, {"viec": "de-nghi", "muc": "1", "ban": "0"}, follow=True)
    )
    done = committee.post(page, {"viec": "nhiem-vu", "nhiem_vu": "EXCEEDED", "ban": "1"}, follow=True)
    assert "Đã ghi kết quả nhiệm vụ chính trị." in text(done)
    row = desk.organization("DB01")
    assert (row.proposed, row.task, row.changed.by) == (1, "EXCEEDED", committee.user)
    desk.rate_organizations(DB01=1)
    late = committee.post(page, {"viec": "de-nghi", "muc": "2", "ban": "3"})
    assert late.status_code == 400
    assert "Đã có quyết định xếp loại, không đổi đề nghị được nữa." in text(late)
    # The task is a figure of its own and may come after the level.
    assert committee.post(page, {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED", "ban": "3"}).status_code == 302


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"viec": "de-nghi", "muc": ""}, "Hãy chọn một mức."),
        ({"viec": "de-nghi", "muc": "7"}, "Chưa ghi được. Hãy sửa những chỗ báo đỏ dưới đây rồi ghi lại."),
        ({"viec": "nhiem-vu", "nhiem_vu": ""}, "Hãy chọn một kết quả."),
        ({"viec": "khac"}, "Không rõ việc cần làm. Hãy mở lại trang rồi bấm nút một lần nữa."),
    ],
)
def test_a_faulty_proposal_is_told(desk, committee, data, sentence):
    answer = committee.post(url("rating_organizations", "DB01"), data)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert desk.organization("DB01").version == 0


def test_two_at_the_proposal_of_one_organization(desk, committee):
    propose(desk.period, [Proposal(organization=desk.world.org["DB01"], level=3)], **desk.by())
    answer = committee.post(url("rating_organizations", "DB01"), {"viec": "de-nghi", "muc": "1", "ban": "0"})
    assert answer.status_code == 409
    assert "Người khác vừa ghi: mức tự đề nghị “Hoàn thành nhiệm vụ”." in text(answer)
    form = answer.context["levels"].proposal
    assert (form["muc"].value(), form["ban"].value()) == ("1", "1")


def test_the_sheet_of_a_cell_may_send_its_proposal_here(desk, signed_in):
    client = signed_in("SECRETARY", "DB01-02")
    page = url("rating_organizations", "DB01-02")
    answer = client.post(page, {"viec": "de-nghi", "muc": "2", "ban": "0"})
    assert (answer.status_code, answer.url) == (302, url("ratings", "DB01-02"))
    assert desk.organization("DB01-02").proposed == 2
    faulty = client.post(page, {"viec": "de-nghi", "muc": "", "ban": "1"})
    assert faulty.status_code == 400
    assert 'value="de-nghi"' in faulty.content.decode()
    task = client.post(page, {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED", "ban": "1"})
    assert "Kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng." in text(task)
    assert client.post(page, {"viec": "quyet-dinh", "muc": "1"}).status_code == 403


def test_after_the_lock_every_door_says_the_same(desk, signed_in):
    closed = Desk(desk.world, 2017)
    closed.finish()
    closed.lock()
    doors = [
        ("COMMITTEE", "DB01", "DB01", {"viec": "de-nghi", "muc": "1"}),
        ("COMMITTEE", "DB01", "DB01", {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED"}),
        ("COMMITTEE", "DB01", "DB01", {"viec": "quyet-dinh", **PAPER}),
        ("LEADER", "K", "K", {"viec": "quyet-dinh", **PAPER}),
    ]
    for role, place, seen, data in doors:
        answer = signed_in(role, place).post(url("rating_organizations", seen, 2017), data)
        assert answer.status_code == 400
        assert [str(m) for m in answer.context["error"].messages] == [CLOSED], data


def test_points_are_proposed_as_points(world):
    Installation.objects.update(demo_day=date(2026, 1, 20))
    desk = Desk(world, 2025)
    client = signed_in_as(world.user("COMMITTEE", "DB01"))
    page = url("rating_organizations", "DB01", 2025)
    for points, sentence in (
        ("chín mươi", "“chín mươi” không phải là điểm. Hãy viết số từ 0 đến 100, ví dụ 87,5."),
        ("101", "Điểm phải từ 0 đến 100, nhiều nhất hai chữ số lẻ."),
    ):
        answer = client.post(page, {"viec": "de-nghi", "diem": points})
        assert answer.status_code == 400
        assert sentence in text(answer)
        assert f'value="{points}"' in answer.content.decode()
    assert client.post(page, {"viec": "de-nghi", "diem": "92,5"}).status_code == 302
    assert desk.organization("DB01").proposed == 1
    assert "92,5 điểm (“Hoàn thành xuất sắc nhiệm vụ”)" in text(client.get(page))


def test_a_form_carried_over_a_new_sign_in_opens_filled(desk, committee):
    fields = {"viec": ["de-nghi"], "muc": ["3"], "ban": ["0"]}
    session = committee.session
    session[carry.KEPT] = {"path": url("rating_organizations", "DB01"), "fields": fields, "user": committee.user.pk}
    session.save()
    form = committee.get(url("rating_organizations", "DB01")).context["levels"].proposal
    assert form["muc"].value() == "3"


def test_below_a_section_the_cells_count_too(desk, signed_in):
    """DB03-01 hangs under the section BP01, which is no cell and is not rated itself."""
    client = signed_in("COMMITTEE", "DB03")
    assert set(rows_of(client, "DB03")) == {"BP01", *(c for c in SUBORDINATE if c.startswith("DB03"))}
    assert client.get(url("rating_organizations", "BP01")).status_code == 200
    assert "0 /2 phiếu đã quyết định" in text(client.get(url("ratings", "DB03")))


def test_the_proposals_can_be_filled_in_at_once_and_nothing_is_written_by_that(desk, leader):
    page = url("rating_organizations", "K")
    answer = leader.get(page + "?theo-de-nghi=1")
    form = answer.context["levels"].verdicts
    shown = {row.rating.organization.code: fields["muc"].value() for row, fields in form.lines()}
    assert shown == {"CB01": "2", "CB02": "", "DB01": "", "DB02": "", "DB03": ""}
    assert desk.organization("CB01").level is None
    row = desk.organization("CB01")
    data = {f"muc_{row.pk}": "2", f"ban_{row.pk}": row.version, f"cu_{row.pk}": "|0|", "viec": "quyet-dinh", **PAPER}
    leader.post(page, data)
    assert desk.organization("CB01").level == 2


def test_a_draft_sheet_is_where_a_cell_proposes(signed_in):
    client = signed_in("SECRETARY", "DB01-02")
    page = client.get(url("rating_organizations", "DB01-02"))
    assert "Tự đề nghị mức trên phiếu" in text(page)
    assert 'value="de-nghi"' not in page.content.decode()


def test_once_handed_in_a_cell_proposes_here(desk, signed_in):
    client = signed_in("SECRETARY", "DB01-01")
    page = url("rating_organizations", "DB01-01")
    shown = client.get(page)
    assert "Tự đề nghị mức trên phiếu" not in text(shown)
    assert 'value="de-nghi"' in shown.content.decode()
    assert 'name="nhiem_vu"' not in shown.content.decode()
    client.post(page, {"viec": "de-nghi", "muc": "2", "ban": "0"})
    assert desk.organization("DB01-01").proposed == 2


def test_a_cell_that_decided_itself_still_records_its_task(desk, signed_in):
    client = signed_in("SECRETARY", "CB01")
    page = url("rating_organizations", "CB01")
    assert 'name="nhiem_vu"' not in client.get(page).content.decode()
    desk.rate(Phúc=2, Quân=2)
    desk.decide("CB01")
    desk.rate_organizations(CB01=2)
    assert 'name="nhiem_vu"' in client.get(page).content.decode()
    sent = {"viec": "nhiem-vu", "nhiem_vu": "COMPLETED", "ban": desk.organization("CB01").version}
    assert client.post(page, sent).status_code == 302
    assert desk.organization("CB01").task == "COMPLETED"
