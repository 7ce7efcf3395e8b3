"""What is handed over on the pages: by whom, who reads a letter and from which day, who takes it back."""

from datetime import date

import pytest
from django.urls import reverse

from inspections import undoing
from inspections.handover.hand_over import left_open, pass_over
from inspections.letters import letter_list, letters
from inspections.models import Result
from ledger.documents import document
from ledger.models import Change
from ledger.undo import standing_in_the_way
from members.reorganizing.plan_bloc import ending
from tests.hand import Hand
from tests.inspections.handover.ended_bloc import DAY, end, figures, hand_all, left_by_k, letter, told
from tests.standing import standing
from tests.world import TODAY

pytestmark = pytest.mark.django_db

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
    one, two, three = (f"don_{letter(number).pk}" for number in "123")
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
