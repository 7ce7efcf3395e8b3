"""What a bloc that ended left open is handed over by document, and each letter, each planned subject is counted once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from indicators.measures import MEASURES, counts
from indicators.self_check.recount import differences
from inspections import undoing
from inspections.checks import register
from inspections.handover.hand_over import LeftOpen, hand_over, holders_of, left_open, pass_over
from inspections.letters import letter_list, letters
from inspections.models import TOLD_AS, Handover, Inspection, InspectionSubject, Letter, Result
from ledger.documents import document
from ledger.models import Change
from ledger.soundness import outcomes
from ledger.undo import standing_in_the_way, undo
from members.reorganizing.plan_bloc import ending
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.hand import Hand
from tests.indicators.board import window
from tests.standing import standing
from tests.world import TODAY, refused

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 1)
EVE = DAY - timedelta(days=1)
CODES = ("letters_due", "letters_in_time", "planned", "planned_done")


@pytest.fixture
def ended(world):
    return end(world)


def end(world):
    """K has letters about DB01, DB02 and itself, and a plan of four subjects of which one was done; then it ends."""
    rows = [("1", "DB01-01", date(2018, 11, 20)), ("2", "DB02", date(2018, 8, 1)), ("3", "K", date(2018, 12, 1))]
    letters.register_letters(
        [
            letters.ReceivedLetter(
                number=number,
                organization=world.org[code],
                received_on=date(2018, 6, 1),
                accepted_on=date(2018, 6, 5),
                due_on=due,
            )
            for number, code, due in rows
        ],
        **world.act(),
    )
    subjects = [("DB01", date(2018, 3, 1)), ("DB02", None), ("CB01", None), ("CB02", None)]
    plan = register.InspectionPlan(
        year=2018,
        kind=Inspection.Kind.INSPECTION,
        title="Kiểm tra chấp hành",
        conductor=world.org["K"],
        subjects=tuple((world.org[code], day) for code, day in subjects),
    )
    register.register_inspections([plan], **world.act())
    receivers = [Founding(code=code, name=f"Đảng bộ {code}", kind="KHOI") for code in ("R1", "R2")]
    parents = {"DB01": "R1", "DB02": "R2", "DB03": "R1", "CB01": "R1", "CB02": "R2"}
    world.before = figures(world, TODAY)
    world.carry_out(ending(["K"], parents, founded=receivers), DAY)
    world.paper = document("9-QĐ/TU", DAY, "Tỉnh ủy")
    return world


def figures(world, last):
    """{code: (letters due, in time, planned, done)} of the blocs in 2018 up to `last`."""
    roots = {code: world.org[code].pk for code in ("K", "R1", "R2") if code in world.org}
    found = counts([MEASURES[c] for c in CODES], [window(2018, last)], nodes=list(roots.values()))
    return {code: tuple(found[c, pk, 2018] for c in CODES) for code, pk in roots.items()}


def left_by_k(world):
    return left_open([world.org["K"].pk], DAY)


def hand_all(world, **more):
    hand_over(left_by_k(world), **world.act(DAY, document=world.paper, **more))


def letter(number):
    return Letter.objects.get(voided__isnull=True, number=number)


def told(left):
    return (
        {row.number: receiver.code for row, receiver in left.letters.items()},
        {row.organization.code: receiver.code for row, receiver in left.subjects.items()},
    )


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


# The page of an heir


@pytest.fixture
def hand(ended):
    return Hand(ended.user("INSPECTION", "R1", DAY))


def test_the_heir_hands_over_on_a_page(ended, hand):
    hand.open(reverse("inspections", args=["R1", 2018]))
    assert "Bàn giao việc còn mở của tổ chức đã kết thúc" in hand.text
    hand.open(reverse("handover", args=["R1", 2018]))
    assert "Đơn 1, hạn 20/11/2018: Tổ chức DB01-01, Tổ chức DB01" in hand.text
    hand.press(None, refused=True)
    assert "Hãy nhập" in hand.text or "bắt buộc" in hand.text
    one, two, three = (f"viec_letter_{letter(number).pk}" for number in "123")
    hand.press(None, tu_ngay="01/10/2018", so="9", ngay="01/10/2018", co_quan="Tỉnh ủy", **{two: ""})
    assert "Đã bàn giao 5 việc." in hand.text
    assert figures(ended, TODAY)["R1"] == (2, 0, 1, 0)
    assert told(left_by_k(ended)) == ({"2": "R2"}, {})
    assert one != three


def test_who_keeps_no_inspections_hands_nothing_over(ended):
    stranger = Hand(ended.user("ORGANIZATION", "R1", DAY))
    assert stranger.client.get(reverse("handover", args=["R1", 2018])).status_code == 403


# Who reads a letter, and from which day


def opened(user, *numbers):
    """The numbers of the letters that `user` may open."""
    ask = Hand(user).client
    return [n for n in numbers if ask.get(reverse("letter", args=[letter(n).file_id])).status_code == 200]


def listed(user, code, year=2018):
    """{number: how it stands} in the list of letters of `code`."""
    page = Hand(user).client.get(reverse("letters", args=[code, year]))
    return {row.number: row.state for row in page.context["table"].data}


def test_who_received_a_letter_lists_it_and_goes_on_with_it(ended):
    """R2 is an heir beside the principal one: it reads what was handed over to it, overdue or not, and nothing else."""
    one, two = (ended.user("INSPECTION", code, DAY) for code in ("R1", "R2"))
    assert (opened(two, *"123"), listed(two, "R2"), listed(two, "DB02")) == ([], {}, {})
    page = Hand(two).open(reverse("letters", args=["DB02", 2018])).text
    assert "0/1 giải quyết đúng hạn" in page and "1 đơn do đảng bộ khác giữ từ trước" in page
    assert listed(one, "R1") == dict.fromkeys("123", letter_list.LATE)
    hand_all(ended)
    assert (opened(one, *"123"), opened(two, *"123")) == (["1", "2", "3"], ["2"])
    assert listed(two, "R2") == listed(two, "DB02") == {"2": letter_list.LATE}
    assert listed(one, "R1") == {"1": letter_list.LATE, "2": letter_list.HANDED, "3": letter_list.LATE}
    assert listed(one, "K") == dict.fromkeys("123", letter_list.HANDED)
    url = reverse("letter", args=[letter("2").file_id])
    assert Hand(one).client.post(url, {"viec": "giai-quyet"}).status_code == 403
    resolved = Hand(two).open(f"{url}?viec=giai-quyet")
    resolved.press("giai-quyet", tu_ngay="01/12/2018", ket_qua=str(Result.objects.first().pk))
    assert "giải quyết xong ngày 01/12/2018, quá hạn" in resolved.text


def test_a_past_year_lists_a_letter_where_it_lay_then(world):
    """Received in 2017 and handed over in 2018: on the last day of 2017 it lay with the bloc that ended since."""
    row = letters.ReceivedLetter(
        number="9", organization=world.org["CB02"], received_on=date(2017, 12, 1), due_on=date(2018, 12, 1)
    )
    letters.register_letters([row], **world.act())
    world = end(world)
    hand_all(world)
    one, two = (world.user("INSPECTION", code, DAY) for code in ("R1", "R2"))
    assert listed(one, "K", 2017) == {"9": letter_list.WAITING}
    assert listed(one, "K")["9"] == listed(one, "R1")["9"] == letter_list.HANDED
    assert listed(two, "R2")["9"] == letter_list.LATE


def test_each_number_of_the_plan_opens_onto_its_rows(ended):
    hand_all(ended)
    client = Hand(ended.user("INSPECTION", "R1", DAY)).client
    for code in ("K", "R1"):
        work = client.get(reverse("inspections", args=[code, 2018])).context["work"]
        cells = [(n, url) for row in work for _, n, url in row.cells if n]
        assert cells and all(len(client.get(url).context["table"].data) == n for n, url in cells)


def test_who_handed_over_takes_it_back_on_the_letter_s_page(ended):
    before = standing()
    hand_all(ended)
    change = Change.objects.latest("pk")
    hand = Hand(ended.user("INSPECTION", "R1", DAY))
    hand.open(reverse("letter", args=[letter("2").file_id]) + f"?viec=huy&viec_so={change.pk}")
    hand.press("huy", ly_do="giao nhầm nơi")
    left_out = {"Appointment", "AppointmentNotice"}
    assert {name: rows for name, rows in standing().items() if name not in left_out} == {
        name: rows for name, rows in before.items() if name not in left_out
    }


def test_the_end_of_a_bloc_is_no_inspector_s_to_take_back_nor_letters_the_department_s_to_learn_of(world):
    """What an act wrote in two registers is undone by who keeps both; later acts on letters are told of without a name."""
    world.found(("K2", "KHOI", None))
    one = letters.ReceivedLetter(
        number="1", organization=world.org["DB01"], received_on=date(2018, 6, 1), due_on=date(2018, 11, 20)
    )
    letters.register_letters([one], **world.act())
    plan = ending(["K"], dict.fromkeys(("DB01", "DB02", "DB03", "CB01", "CB02"), "K2"))
    paper = document("9-QĐ/TU", DAY, "Tỉnh ủy")

    def also(change, _):
        pass_over(left_open([world.org["K"].pk], change.on).placed, change)

    world.carry_out(plan, DAY, document=paper, also=[also])
    change = Change.objects.latest("pk")
    inspector = world.user("INSPECTION", "K2")
    assert undoing.undoing(inspector, change, TODAY).obstacles == [undoing.NOT_HIS]
    assert standing_in_the_way(change) == []
    letters.accept_letters({letter("1"): (date(2018, 10, 2), date(2018, 12, 2))}, **world.act())
    assert standing_in_the_way(change) == [
        "Sau đó đã có một việc Ủy ban Kiểm tra đã ghi dựa trên việc này. Hãy hỏi nơi đã ghi."
    ]
