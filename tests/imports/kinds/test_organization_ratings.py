"""What was decided of organizations in a past period, brought from a file."""

from datetime import date

import pytest

from ledger.acts import Refused
from ledger.undo import undo
from ratings.models import Cap, OrganizationRating, Rule, Strength
from ratings.verdicts.verdicts import Proposal, propose
from tests.faults.test_undone import standing
from tests.imports.by_file import looked_at, table, written
from tests.ratings.desk import GRASSROOTS, RATED, Desk
from tests.world import TODAY

ON = date(2018, 1, 10)
HEADER = ("Tên tổ chức", "Phân loại", "Tiêu biểu", "Lý do", "NVCT")
PAPER = {"ky": "K/2017", "so": "317-QĐ/ĐUK", "ngay": "10/01/2018", "co_quan": "Đảng ủy Khối"}


@pytest.fixture
def desk(world):
    return Desk(world)


@pytest.fixture
def office(world):
    return world.user("ORGANIZATION", "K")


def brought(office, *lines, header=HEADER, look=False, **given):
    do = looked_at if look else written
    return do("xep-loai-to-chuc", table(header, *lines), office, on=ON, **(PAPER | given))


def rows(**others):
    """A row for everyone rated, at “Hoàn thành tốt nhiệm vụ”; `others`: {code with _ for -: cells behind the name}."""
    others = {code.replace("_", "-"): cells for code, cells in others.items()}
    usual = ("Hoàn thành tốt nhiệm vụ", "", "", "")
    return [(f"Tổ chức {code}", *others.get(code, usual)) for code in RATED]


def decided():
    """{code: (level or code of the reason, exemplary, task)}, a naive second way."""
    found = OrganizationRating.objects.filter(voided=None).select_related("organization", "reason")
    return {row.organization.code: (row.level or row.reason.code, row.exemplary, row.task) for row in found}


def test_all_are_decided_in_one_act_and_once(desk, office):
    said = {
        "DB01": ("Trong sạch, vững mạnh tiêu biểu", "", "", "hoàn thành vượt mức"),
        "CB01": ("TSVM", "x", "", "không hoàn thành"),
        "CB02": ("yếu kém", "", "", ""),
        "DB03_01": ("", "", desk.period.scheme.reasons.get(code="to_chuc_moi").label, ""),
    }
    done = brought(office, *rows(**said))
    assert (done.counts, done.report["remarks"]) == ({"tao": len(RATED)}, [])
    assert decided() == dict.fromkeys(RATED, (2, False, "")) | {
        "DB01": (1, True, "EXCEEDED"),
        "CB01": (1, True, "FAILED"),
        "CB02": (4, False, ""),
        "DB03-01": ("to_chuc_moi", False, ""),
    }
    assert {str(row.decision.number) for row in OrganizationRating.objects.all()} == {"317-QĐ/ĐUK"}
    assert brought(office, *rows(**said), look=True).counts == {"giu": len(RATED)}


def test_a_task_alone_is_brought_and_what_it_was_before_is_shown(desk, office):
    brought(office, *rows())
    header = ("Mã", "NVCT")
    assert brought(office, ("DB01", "Hoàn thành"), header=header).counts == {"tao": 1}
    done = brought(office, ("DB01", "COMPLETED"), ("DB02", "vượt mức"), ("CB01", ""), header=header)
    assert done.counts == {"giu": 1, "tao": 1, "loi": 1}
    done = brought(office, ("DB01", "Không hoàn thành"), header=header)
    assert done.rows[2]["changes"] == [["Nhiệm vụ chính trị", "hoàn thành", "không hoàn thành"]]
    assert [decided()[code][2] for code in GRASSROOTS] == ["FAILED", "EXCEEDED", "", "", ""]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Tổ chức K", "2", "", "", ""), "Tổ chức K không thuộc diện xếp loại trong năm 2017."),
        (("Không ai", "2", "", "", ""), "Không có tổ chức “Không ai” vào ngày 31/12/2017."),
        (("DB01", "Rất tốt", "", "", ""), "Không hiểu “Rất tốt”."),
        (("DB01", "2", "x", "", ""), "DB01: tiêu biểu chỉ chọn trong số đạt mức cao nhất."),
        (("DB01-01", "2", "", "", "Hoàn thành"), "Kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng."),
        (("DB01", "", "không", "", ""), "Dòng này không có mức, lý do không xếp loại hay kết quả nhiệm vụ chính trị."),
        (("CB02", "2", "", "", ""), "Tổ chức này đã ghi ở dòng 2. Hãy giữ một dòng."),
    ],
)
def test_a_faulty_row_is_told_and_the_others_are_written(desk, office, row, sentence):
    done = brought(office, ("CB02", "3", "", "", ""), row)
    assert done.counts == {"tao": 1, "loi": 1}
    assert done.reasons(3)[0].startswith(sentence)
    assert desk.organization("CB02").level == 3


def test_a_level_other_than_proposed_needs_its_reason(desk, office):
    propose(desk.period, [Proposal(organization=desk.world.org["DB01"], level=1)], **desk.by())
    done = brought(office, ("DB01", "2", "", "", ""), look=True)
    assert done.reasons(2) == ["DB01: mức quyết định khác mức tổ chức tự đề nghị cần ghi lý do."]
    header = (*HEADER, "Lý do khác")
    brought(office, ("DB01", "2", "", "", "", "Có đảng viên bị kỷ luật"), header=header)
    assert desk.organization("DB01").difference == "Có đảng viên bị kỷ luật"


def test_what_is_decided_otherwise_is_refused(desk, office):
    desk.rate_organizations(DB01=1)
    done = brought(office, ("DB01", "2", "", "", ""), ("DB01", "TSVM", "x", "", ""), look=True)
    assert done.reasons(2) == ["Đã quyết định “Trong sạch, vững mạnh”. Muốn khác thì sửa ở trang xếp loại tổ chức."]
    done = brought(office, ("DB01", "TSVM", "x", "", ""), look=True)
    assert done.counts == {"loi": 1}


def test_the_cap_on_organizations_asks_for_the_reason_of_the_act(desk, office):
    Cap.objects.create(scheme=desk.period.scheme, limits="ORGANIZATIONS", percent=20, base="ALL", enabled=True)
    Rule.objects.filter(scheme=desk.period.scheme, code=Rule.Code.CAP).update(strength=Strength.ASK, enabled=True)
    top = [(code, "TSVM", "", "", "") for code in GRASSROOTS[:2]]
    done = brought(office, *top, look=True)
    assert done.counts == {"tao": 1, "loi": 1}
    assert done.reasons(3)[0].endswith("Hãy ghi lý do vào ô Lý do, ghi chú của cả tệp rồi xem lại.")
    assert brought(office, *top, ly_do="Đủ điều kiện đặc thù").counts == {"tao": 2}


def test_it_is_undone_whole_and_not_what_was_decided_since(desk, office):
    propose(desk.period, [Proposal(organization=desk.world.org["DB01"], level=2)], **desk.by())
    before = standing()
    done = brought(office, *rows(DB01=("2", "", "", "Hoàn thành")))
    undo(done.run.change, by=office, on=TODAY, reason="nhầm tệp")
    assert {name: (+before[name], +now) for name, now in standing().items() if now != before[name]} == {}
    again = brought(office, *rows())
    desk.rate_organizations(CB01=1)
    with pytest.raises(Refused, match="Sau đó đã có việc “Xếp loại tổ chức đảng”"):
        undo(again.run.change, by=office, on=TODAY, reason="nhầm tệp")


def test_the_department_alone_brings_them(world, desk):
    leader = world.user("LEADER", "K")
    done = brought(leader, ("DB01", "2", "", "", ""), look=True)
    assert done.counts == {"loi": 1}
