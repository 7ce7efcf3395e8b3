"""What a bloc that ended left open is handed over by document, and each letter, each planned subject is counted once."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.measures import MEASURES, counts
from indicators.self_check.recount import differences
from inspections.checks import register
from inspections.handover.hand_over import LeftOpen, hand_over, holders_of, left_open
from inspections.letters import letters
from inspections.models import TOLD_AS, Handover, InspectionSubject, Letter
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import undo
from members.reorganizing.plan_bloc import ending
from organizations.forest import Forest
from tests.indicators.board import window
from tests.inspections.handover.ended_bloc import CODES, DAY, EVE, figures, hand_all, left_by_k, letter, told
from tests.standing import standing
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db


def test_what_is_left_open_goes_where_the_organization_went(ended):
    assert told(left_by_k(ended)) == ({"1": "R1", "2": "R2", "3": "R1"}, {"DB02": "R2", "CB01": "R1", "CB02": "R2"})


def test_each_is_counted_once_and_the_past_as_before(ended):
    assert ended.before == {"K": (3, 0, 4, 1)}
    assert figures(ended, TODAY) == {"K": (3, 0, 4, 1), "R1": (0, 0, 0, 0), "R2": (0, 0, 0, 0)}
    eve = figures(ended, EVE)
    hand_all(ended)
    # Letter 2 had fallen due before: it has counted, as late, at the bloc that ended.
    assert figures(ended, TODAY) == {"K": (1, 0, 1, 1), "R1": (2, 0, 1, 0), "R2": (0, 0, 2, 0)}
    assert figures(ended, EVE) == eve == {"K": (1, 0, 4, 1), "R1": (0, 0, 0, 0), "R2": (0, 0, 0, 0)}
    assert not left_by_k(ended)
    nodes = {ended.org[code].pk for code in ("K", "R1", "R2", "DB01", "DB02")}
    assert differences([MEASURES[code] for code in CODES], [window(2018, TODAY), window(2017)], [nodes]) == []
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_the_receiver_goes_on_with_it(ended):
    hand_all(ended)
    letters.resolve_letters({letter("1"): date(2018, 11, 2), letter("2"): date(2018, 11, 2)}, **ended.act())
    work = InspectionSubject.objects.get(voided__isnull=True, organization=ended.org["CB02"], taken_on=DAY)
    register.carry_out({work: date(2018, 11, 5)}, **ended.act())
    assert figures(ended, TODAY) == {"K": (1, 0, 1, 1), "R1": (2, 1, 1, 0), "R2": (0, 0, 2, 1)}
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_a_letter_counts_below_the_receiver_where_its_organization_went(ended):
    hand_all(ended)
    row = letter("1")
    assert (row.place.code, row.place_on) == ("DB01-01", DAY)
    assert (letter("3").place.code, letter("2").place.code, letter("2").place_on) == ("R1", "DB02", date(2018, 6, 1))
    found = counts([MEASURES["letters_due"]], [window(2018)], nodes=[ended.org["DB01"].pk])
    assert found["letters_due", ended.org["DB01"].pk, 2018] == 1


def test_a_deadline_corrected_past_the_day_counts_at_the_receiver(ended):
    hand_all(ended)
    letters.correct_letters({letter("2"): {"due_on": date(2018, 11, 1)}}, **ended.act(reason="ghi nhầm hạn"))
    assert figures(ended, TODAY)["R2"] == (1, 0, 2, 0)
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


def test_it_is_handed_over_again_when_the_receiver_ends(ended):
    hand_all(ended)
    day = date(2018, 11, 10)
    forest = Forest.on(day)
    ended.carry_out(ending(["R1"], dict.fromkeys(forest.children("R1"), "R2")), day)
    left = left_open([ended.org["R1"].pk], day)
    assert told(left) == ({"1": "R2", "3": "R2"}, {"CB01": "R2"})
    hand_over(left, **ended.act(day, document=ended.paper))
    assert figures(ended, TODAY) == {"K": (1, 0, 1, 1), "R1": (0, 0, 0, 0), "R2": (2, 0, 3, 0)}
    assert holders_of([letter("1")]) == {letter("1").pk: ended.org["R2"].pk}
    assert [(o.title, o.findings) for o in outcomes() if not o.sound] == []


TITLE = "Mỗi đơn, mỗi lượt kiểm tra đã bàn giao chỉ tính một lần, ở nơi giữ việc đó vào ngày tính"


def said():
    """[(sentence, address, told as)] of the check of what was handed over."""
    return [(f.sentence, f.url, f.told_as) for o in outcomes() if o.title == TITLE for f in o.findings]


def test_a_letter_that_counts_elsewhere_is_found(ended):
    hand_all(ended)
    assert said() == []
    row = letter("1")
    Letter.objects.filter(pk=row.pk).update(place=ended.org["DB03"])
    address = reverse("letter", args=[row.file_id])
    assert said() == [(f"Hồ sơ đơn thư số {row.file_id}: không tính ở nơi đã bàn giao.", address, TOLD_AS)]
    Letter.objects.filter(pk=row.pk).update(place=row.place, place_on=EVE)
    assert len(said()) == 1


@pytest.mark.parametrize("lost", ["taken", "handed"])
def test_a_subject_that_counts_nowhere_or_twice_is_found(ended, lost):
    hand_all(ended)
    here = InspectionSubject.objects.standing().filter(organization=ended.org["CB02"])
    old, new = here.get(handed_on=DAY), here.get(taken_on=DAY)
    if lost == "taken":
        here.filter(pk=new.pk).update(voided=Change.objects.latest("pk"))
        why, at = "đã bàn giao mà không có ở cuộc nhận", old
    else:
        here.filter(pk=old.pk).update(handed_on=None)
        why, at = "nhận bàn giao mà không có cuộc giao", new
    address = reverse("inspection", args=[at.inspection_id])
    assert said() == [(f"Kiểm tra chấp hành, tổ chức CB02: {why}.", address, TOLD_AS)]


def test_the_receiver_may_drop_what_came(ended):
    hand_all(ended)
    came = InspectionSubject.objects.standing().get(organization=ended.org["CB02"], taken_on=DAY)
    register.drop([came], **ended.act(TODAY, reason="kiểm tra chung với cuộc khác"))
    assert said() == []
    undo(Change.objects.latest("pk"), by=ended.by, on=TODAY, reason="ghi nhầm")
    assert said() == []


def test_it_is_taken_back(ended):
    before = standing()
    hand_all(ended)
    undo(Change.objects.latest("pk"), by=ended.by, on=TODAY, reason="ghi nhầm")
    assert standing() == before


def test_what_is_refused(ended):
    left = left_by_k(ended)
    (first, *_), (work, *_) = list(left.letters), list(left.subjects)
    org = ended.org

    def handing(receiver=org["R1"], on=DAY, document=ended.paper, letters=(), subjects=()):
        rows = LeftOpen(dict.fromkeys(letters, receiver), dict.fromkeys(subjects, receiver))
        hand_over(rows, **ended.act(on, document=document))

    with refused("Chưa chọn việc nào để bàn giao."):
        handing()
    with refused("Bàn giao việc kiểm tra, đơn thư cần có văn bản. Hãy ghi số, ngày và cơ quan ban hành."):
        handing(letters=[first], document=None)
    with refused("Đơn 1: tổ chức đang giữ việc này còn hoạt động; chỉ bàn giao việc của tổ chức đã kết thúc."):
        handing(letters=[first], on=EVE, receiver=org["DB02"])
    with refused("Đơn 1: tổ chức tiếp nhận K không hoạt động vào ngày bàn giao."):
        handing(letters=[first], receiver=org["K"])
    with refused("Kiểm tra chấp hành, tổ chức DB02: chưa chọn tổ chức tiếp nhận."):
        handing(subjects=[work], receiver=None)
    with refused("Kiểm tra chấp hành, tổ chức DB02: tổ chức tiếp nhận không thể tự kiểm tra chính mình."):
        handing(subjects=[work], receiver=org["DB02"])
    hand_all(ended)
    gone = InspectionSubject.objects.get(voided__isnull=True, handed_on=DAY, organization=org["CB01"])
    with refused(
        "Kiểm tra chấp hành, tổ chức CB01: đã bàn giao ngày 01/10/2018. Hãy ghi ở cuộc của tổ chức tiếp nhận."
    ):
        register.carry_out({gone: date(2018, 11, 5)}, **ended.act())
    letters.resolve_letters({letter("3"): date(2018, 11, 2)}, **ended.act())
    with refused("Đơn 3: đã giải quyết xong ngày 02/11/2018, không bàn giao nữa."):
        handing(letters=[letter("3")], receiver=org["R2"], on=date(2018, 11, 10))
    assert Handover.objects.standing().count() == 5
