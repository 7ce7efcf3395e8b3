"""The lock of a period: complete, after its cut-off, and then nothing is written any more (design §5, §6)."""

from datetime import date

import pytest

from ratings.models import OrganizationRating, Sheet
from ratings.verdicts.verdicts import record_tasks
from tests.ratings.desk import CELLS
from tests.world import refused

LAST_DAY = date(2017, 12, 31)
CLOSED = "Kỳ xếp loại đã khóa; chỉ còn ghi điều chỉnh bổ sung."


def test_a_complete_period_is_locked(desk):
    desk.finish()
    desk.lock()
    assert desk.period.locked.words == "Khóa kỳ Năm 2017"
    assert {desk.state(code) for code in CELLS} == {"locked"}


def test_not_before_the_cut_off_has_passed(desk):
    desk.finish()
    for day in (date(2017, 12, 20), LAST_DAY):
        with refused("Ngày chốt 31/12/2017 chưa qua; khóa được từ ngày 01/01/2018."):
            desk.lock(day)
    desk.lock(date(2018, 1, 1))
    assert desk.period.locked


def test_every_sheet_is_accepted_first(desk):
    desk.decide_all()
    desk.accept(*CELLS[:5])
    rated = "5 tổ chức cơ sở đảng, 1 đảng bộ bộ phận, 6 chi bộ trực thuộc"
    with refused(
        "Còn 3 phiếu chưa tiếp nhận: 3 đã quyết định.",
        f"Còn 12 tổ chức chưa có mức xếp loại hoặc lý do: {rated}.",
    ):
        desk.lock()


def test_every_organization_is_rated_or_has_its_reason(desk):
    desk.finish()
    row = desk.organization("DB02")
    row.level = None
    row.save()
    with refused("Còn 1 tổ chức chưa có mức xếp loại hoặc lý do: 1 tổ chức cơ sở đảng."):
        desk.lock()
    desk.rate_organizations(DB02="to_chuc_moi")
    desk.lock()
    assert desk.period.locked


def test_once(desk):
    desk.finish()
    desk.lock()
    with refused("Năm 2017 đã khóa."):
        desk.lock()


@pytest.fixture
def locked(desk):
    desk.finish()
    desk.lock()
    return desk


def test_no_sheet_is_written_after_the_lock(locked):
    for step in (locked.submit, locked.endorse, locked.decide, locked.accept):
        with refused(CLOSED):
            step("DB01-01")
    with refused(CLOSED):
        locked.rate(An=1)
    with refused(CLOSED):
        locked.send_back("DB01-01", reason="Xem lại")


def test_no_organization_is_rated_after_the_lock(locked):
    with refused(CLOSED):
        locked.rate_organizations(DB01=1)
    with refused(CLOSED):
        record_tasks(locked.period, {locked.world.org["DB01"]: "COMPLETED"}, **locked.by())


def test_what_ended_before_the_cut_off_drops_out_at_the_lock(desk):
    desk.finish()
    desk.world.merge("CB01", "DB01", {"CB01": "DB01-02"}, date(2017, 12, 15))
    with refused("Phiếu của chi bộ DB01-02 còn 2 đảng viên chưa xếp loại tính đến ngày 31/12/2017."):
        desk.lock()
    desk.send_back("DB01-02", reason="Có người chuyển đến")
    late = date(2017, 12, 20)
    desk.rate(on=late, Phúc=2, Quân=2)
    desk.submit("DB01-02", on=late)
    desk.endorse("DB01-02", on=late)
    desk.decide("DB01-02", on=late)
    desk.accept("DB01-02", on=late)
    desk.lock()
    standing = Sheet.objects.standing().filter(period=desk.period)
    assert set(standing.values_list("organization__code", flat=True)) == set(CELLS) - {"CB01"}
    assert not OrganizationRating.objects.standing().filter(organization__code="CB01").exists()


def test_what_was_founded_before_the_cut_off_blocks_the_lock(desk):
    desk.finish()
    desk.world.found(("CB03", "CBCS", "K"), on=date(2017, 12, 20))
    with refused(
        "Còn 1 phiếu chưa tiếp nhận: 1 nháp.",
        "Còn 1 tổ chức chưa có mức xếp loại hoặc lý do: 1 tổ chức cơ sở đảng.",
    ):
        desk.lock()


def test_what_is_founded_afterwards_does_not(desk):
    desk.finish()
    desk.world.found(("CB03", "CBCS", "K"), on=date(2018, 1, 2))
    desk.lock()
    assert not Sheet.objects.filter(organization__code="CB03").exists()
