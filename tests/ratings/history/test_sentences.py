"""The history of a sheet, of an organization and of a member, read as sentences."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import Installation
from ratings.history import sentences
from ratings.models import MemberRating
from ratings.sheets import draft
from ratings.sheets.correct import Correction, correct
from ratings.sheets.draft import LineEntry
from ratings.verbs import RatingVerb
from ratings.verdicts.verdicts import Proposal, propose, record_tasks
from tests.ratings.desk import RATED, Desk
from tests.world import refused

TOP = "“Hoàn thành xuất sắc nhiệm vụ”"
GOOD = "“Hoàn thành tốt nhiệm vụ”"
FAIR = "“Hoàn thành nhiệm vụ”"


@pytest.fixture
def desk(world):
    return Desk(world, 2018)


def told(desk, code="DB01-01"):
    return sentences.of_organization(desk.period, desk.world.org[code])


def said(desk, code="DB01-01", n=1):
    """The latest `n` sentences, each with its items where it has some."""
    return [(x.sentence, *x.items) for x in told(desk, code)[:n]]


def put(desk, verb=RatingVerb.RATE, **lines):
    entries = {desk.world.people[name].pk: entry for name, entry in lines.items()}
    draft.rate({desk.sheet("DB01-01"): entries}, verb=verb, **desk.by())


def test_one_line_from_what_to_what(desk):
    put(desk, An=2)
    assert said(desk) == [(f"đồng chí Lê An từ chưa xếp loại thành {GOOD}",)]
    put(desk, An=3)
    assert said(desk) == [(f"đồng chí Lê An từ {GOOD} thành {FAIR}",)]
    put(desk, An=desk.why("vang_mat"))
    assert said(desk) == [(f"đồng chí Lê An từ {FAIR} thành chưa xếp loại (Vắng mặt, chưa kiểm điểm)",)]
    put(desk, An=None)
    assert said(desk) == [("đồng chí Lê An từ chưa xếp loại (Vắng mặt, chưa kiểm điểm) thành chưa xếp loại",)]


def test_who_and_when(desk):
    put(desk, An=2)
    (entry, *_) = told(desk)
    assert entry.who == desk.world.by.get_full_name()
    assert entry.change.on == date(2018, 12, 1)
    assert entry.is_back_dated


def test_notes_and_answers_are_told(desk):
    put(desk, An=LineEntry(level=2, note="Đi học"))
    assert said(desk) == [(f"đồng chí Lê An từ chưa xếp loại thành {GOOD}, ghi chú: Đi học",)]
    put(desk, An=LineEntry(level=2, note="", justification="Có khen thưởng"))
    assert said(desk) == [("đồng chí Lê An bỏ ghi chú, giải trình: Có khen thưởng",)]


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        (RatingVerb.RATE, "nhập xếp loại, 2 đồng chí"),
        (RatingVerb.REST, "đặt một mức cho những người còn lại, 2 đồng chí"),
        (RatingVerb.PASTE, "dán xếp loại từ bảng tính, 2 đồng chí"),
    ],
)
def test_a_bulk_act_is_one_entry_with_its_lines(desk, verb, sentence):
    put(desk, verb, Bình=2, An=3)
    assert said(desk) == [
        (
            sentence,
            f"đồng chí Lê An từ chưa xếp loại thành {FAIR}",
            f"đồng chí Võ Bình từ chưa xếp loại thành {GOOD}",
        )
    ]


def test_what_was_taken_back(desk):
    put(desk, An=2)
    put(desk, An=3)
    draft.undo(desk.sheet("DB01-01"), by=desk.world.by, on=desk.today)
    assert said(desk) == [(f"hoàn tác: đồng chí Lê An từ {FAIR} thành {GOOD}",)]


def test_the_whole_way_latest_first(desk):
    put(desk, An=2, Bình=2)
    desk.submit("DB01-01")
    desk.send_back("DB01-01", reason="Xem lại đồng chí Bình")
    put(desk, Bình=3)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    desk.decide("DB01-01", levels={"An": (3, "Nộp báo cáo muộn")})
    desk.accept("DB01-01")
    assert [(x.sentence, *x.items) for x in told(desk)] == [
        ("tiếp nhận phiếu",),
        (
            "quyết định xếp loại đảng viên theo số 1-QĐ/XL ngày 01/12/2018 của Đảng ủy",
            f"đồng chí Lê An từ {GOOD} thành {FAIR}, vì Nộp báo cáo muộn",
        ),
        ("thẩm định phiếu",),
        ("nộp phiếu",),
        (f"đồng chí Võ Bình từ {GOOD} thành {FAIR}",),
        ("trả lại phiếu vì Xem lại đồng chí Bình",),
        ("nộp phiếu",),
        (
            "nhập xếp loại, 2 đồng chí",
            f"đồng chí Lê An từ chưa xếp loại thành {GOOD}",
            f"đồng chí Võ Bình từ chưa xếp loại thành {GOOD}",
        ),
        ("mở kỳ xếp loại",),
    ]


def test_what_was_refused_leaves_no_sentence(desk):
    before = said(desk, n=9)
    with refused("Lê An: Mức xếp loại phải là một trong bốn mức của lược đồ."):
        put(desk, Bình=2, An=7)
    assert said(desk, n=9) == before


def test_a_correction_with_its_reason_and_paper(world):
    desk = Desk(world, 2017)
    desk.finish()
    desk.lock()
    rows = [
        Correction(row=desk.line("An"), level=3),
        Correction(row=desk.organization("DB01-01"), level=1, exemplary=True),
    ]
    correct(rows, **desk.by(date(2018, 3, 1), document=desk.paper, reason="Sót hồ sơ"))
    assert said(desk, n=2) == [
        (
            "đính chính sau khi khóa kỳ: xếp loại tổ chức từ “Hoàn thành tốt nhiệm vụ” thành “Trong sạch, vững mạnh” "
            "tiêu biểu; đồng chí Lê An từ “Hoàn thành tốt nhiệm vụ” thành “Hoàn thành nhiệm vụ”; lý do: Sót hồ sơ; "
            "văn bản số 1-QĐ/XL ngày 01/12/2017 của Đảng ủy",
        ),
        ("khóa kỳ xếp loại",),
    ]


def test_an_organization(desk):
    propose(desk.period, [Proposal(organization=desk.world.org["CB01"], level=1)], **desk.by())
    record_tasks(desk.period, {desk.world.org["CB01"]: "COMPLETED"}, **desk.by())
    desk.rate_organizations(CB01={"level": 2, "difference": "Có đơn thư"})
    desk.rate_organizations(CB01="to_chuc_moi")
    paper = "; văn bản số 1-QĐ/XL ngày 01/12/2018 của Đảng ủy"
    assert said(desk, "CB01", 4) == [
        (f"xếp loại tổ chức từ {GOOD} thành không xếp loại (Tổ chức mới thành lập chưa đủ 06 tháng){paper}",),
        (f"xếp loại tổ chức từ chưa xếp loại thành {GOOD}, vì Có đơn thư{paper}",),
        ("nhiệm vụ chính trị từ chưa có kết quả thành hoàn thành",),
        (f"mức tổ chức tự đề nghị từ chưa đề nghị thành {TOP}",),
    ]


def test_points_stand_beside_their_level(world):
    Installation.objects.update(demo_day=date(2026, 1, 20))
    desk = Desk(world, 2025)
    put(desk, An=LineEntry(points=Decimal("87.50")))
    assert said(desk) == [(f"đồng chí Lê An từ chưa xếp loại thành 87,5 điểm ({GOOD})",)]
    put(desk, An=LineEntry(points=Decimal("60")))
    assert said(desk) == [(f"đồng chí Lê An từ 87,5 điểm ({GOOD}) thành 60 điểm ({FAIR})",)]


def test_as_many_queries_for_many_acts_and_people(desk):
    put(desk, An=2, Bình=2)

    def asked():
        with CaptureQueriesContext(connection) as found:
            told(desk)
        return len(found)

    before = asked()
    for n in range(6):
        desk.world.enroll(f"Trần M{n}", "DB01-01", date(2018, 2, 1))
        put(desk, **{f"M{n}": 2})
    desk.submit("DB01-01")
    desk.rate_organizations(DB01_01=2)
    assert asked() == before == 6


# One member


def of_member(desk, name):
    lines = MemberRating.objects.standing().filter(member=desk.world.people[name])
    lines = list(lines.select_related("period__scheme"))
    return {pair: [x.sentence for x in found] for pair, found in sentences.of_lines(lines).items()}


def test_the_history_of_a_member_by_period_and_cell(desk):
    put(desk, An=2, Bình=3)
    desk.submit("DB01-01")
    desk.endorse("DB01-01")
    desk.decide("DB01-01")
    desk.world.transfer("An", "DB02-01", date(2018, 12, 5))
    desk.rate(on=date(2018, 12, 6), An=3)
    org, period = desk.world.org, desk.period.pk
    assert of_member(desk, "An") == {
        (period, org["DB01-01"].pk): [
            f"quyết định {GOOD} như chi bộ đề nghị; văn bản số 1-QĐ/XL ngày 01/12/2018 của Đảng ủy",
            f"từ chưa xếp loại thành {GOOD}",
        ],
        (period, org["DB02-01"].pk): [f"từ chưa xếp loại thành {FAIR}"],
    }


def test_a_correction_stands_in_the_history_of_the_member(world):
    desk = Desk(world, 2017)
    desk.decide_all()
    desk.accept()
    desk.rate_organizations(**{code.replace("-", "_"): 2 for code in RATED})
    desk.lock()
    row = Correction(row=desk.line("An"), level=1)
    correct([row], **desk.by(date(2018, 3, 1), document=desk.paper, reason="Sót thành tích"))
    ((_, found),) = of_member(desk, "An").items()
    assert found[0] == (
        "từ “Hoàn thành tốt nhiệm vụ” thành “Hoàn thành xuất sắc nhiệm vụ”; lý do: Sót thành tích; "
        "văn bản số 1-QĐ/XL ngày 01/12/2017 của Đảng ủy"
    )
    assert len(found) == 3
