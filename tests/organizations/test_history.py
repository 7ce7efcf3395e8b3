"""The history of an organization: each event with the paper of its act, in a constant number of questions."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Change, Document
from ledger.undo import undo
from members.reorganizing import plan
from organizations import history
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.world import START

DAY = date(2017, 5, 1)


@pytest.fixture
def paper(db):
    def made(number):
        return Document.objects.create(number=number, date=date(2017, 4, 20), issuer="Đảng ủy Khối")

    return made


def told(world, code):
    return [(e.day, e.text, e.document and e.document.number) for e in history.events(world.org[code])]


def test_each_event_carries_the_paper_of_its_act(world, paper):
    world.carry_out(plan.renaming({"DB01": "Đảng bộ Một"}), date(2016, 1, 1), document=paper("1-QĐ"))
    act = plan.merging(Forest.on(DAY), ("DB02",), "DB01", people={"DB02-01": "DB01-01"})
    world.carry_out(act, DAY, document=paper("2-QĐ"))
    assert told(world, "DB01") == [
        (DAY, "Tiếp nhận Tổ chức DB02", "2-QĐ"),
        (date(2016, 1, 1), "Đổi tên từ Tổ chức DB01 thành Đảng bộ Một", "1-QĐ"),
        (START, "Thành lập: Tổ chức DB01", None),
    ]
    assert told(world, "DB02")[0] == (DAY, "Sáp nhập vào Đảng bộ Một", "2-QĐ")
    assert told(world, "DB02-02")[0] == (DAY, "Chuyển trực thuộc từ Tổ chức DB02 sang Đảng bộ Một", "2-QĐ")


def test_an_end_without_a_successor_has_its_paper_too(world, paper):
    world.found(("CB09", "CBCS", "K"))
    world.carry_out(plan.dissolving(Forest.on(DAY), "CB09"), DAY, document=paper("3-QĐ"))
    assert told(world, "CB09")[0] == (DAY, "Kết thúc hoạt động", "3-QĐ")


def test_an_act_done_again_after_its_undoing_has_its_own_paper(world, paper):
    world.carry_out(plan.renaming({"CB01": "Tên nhầm"}), DAY, document=paper("4-QĐ"))
    undo(Change.objects.latest("pk"), **world.act(reason="ghi nhầm"))
    assert told(world, "CB01") == [(START, "Thành lập: Tổ chức CB01", None)]
    world.carry_out(plan.renaming({"CB01": "Tên đúng"}), DAY, document=paper("5-QĐ"))
    assert told(world, "CB01")[0] == (DAY, "Đổi tên từ Tổ chức CB01 thành Tên đúng", "5-QĐ")


def test_the_number_of_questions_is_constant(world):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            history.events(world.org["DB01"])
        return len(queries)

    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2016, 1, 1))
    one = asked()
    world.merge("CB02", "DB01", {"CB02": "DB01-01"}, DAY)
    world.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None}, DAY)
    world.rename("DB01", "Tên", DAY)
    rows = [Founding(code="DB09", name="Tổ chức DB09", kind="DBCS", parent="K")]
    world.carry_out(plan.splitting(Forest.on(DAY), "DB01", rows, ends=False, parents={"DB02-01": "DB09"}), DAY)
    assert len(history.events(world.org["DB01"])) == 6
    assert asked() == one
