"""Letters: their list by deadline, the page of one with its way, and that nobody else learns anything of them."""

import re
from datetime import date

import pytest
from django.urls import reverse

from inspections.discipline.discipline import tie
from inspections.letters.letters import (
    ReceivedLetter,
    accept_letters,
    correct_letters,
    extend_deadlines,
    register_letters,
)
from inspections.models import Letter, Result
from ledger.models import Change, Document
from ledger.undo import undo
from members.life.sanctions import discipline
from members.models import Discipline
from tests.hand import Hand
from tests.indicators.board import set_groups

pytestmark = pytest.mark.django_db
RECEIVED = date(2018, 9, 3)


@pytest.fixture
def office(world):
    """Four letters of 2018, as they stand on 14/12/2018: late, running, waiting, resolved; and a discipline after one."""
    set_groups(world, 2018)
    days = [
        ("LATE-1", "DB01-01", date(2018, 9, 10), date(2018, 12, 1), None),
        ("RUN-2", "DB02", date(2018, 9, 10), date(2018, 12, 20), None),
        ("WAIT-3", "CB01", None, date(2019, 1, 31), None),
        ("DONE-4", "DB01", date(2018, 9, 10), date(2018, 12, 1), date(2018, 11, 1)),
    ]
    rows = [
        ReceivedLetter(
            number=number,
            organization=world.org[code],
            received_on=RECEIVED,
            accepted_on=accepted,
            due_on=due,
            resolved_on=resolved,
        )
        for number, code, accepted, due, resolved in days
    ]
    register_letters(rows, **world.act(reason="LÝ DO KÍN"))
    an = world.people["An"]
    discipline([(an, Discipline.Kind.WARNING, date(2018, 11, 5))], **world.act(date(2018, 11, 5)))
    tie([(Discipline.objects.get(member=an), letter("LATE-1"))], **world.act())
    return world


def letter(number):
    return Letter.objects.get(number=number, voided__isnull=True)


def page_of(number, **query):
    return reverse("letter", args=[letter(number).file_id], query=query)


@pytest.fixture
def inspector(office):
    return Hand(office.user("INSPECTION", "K"))


def test_the_list_is_by_deadline_and_says_how_each_stands(inspector):
    text = inspector.open(reverse("letters", args=["K", 2018])).text
    found = [text.index(number) for number in ("LATE-1", "RUN-2", "WAIT-3", "DONE-4")]
    assert found == sorted(found)
    for words in (
        "quá hạn 13 ngày",
        "còn 6 ngày",
        "chờ thụ lý, còn 48 ngày",
        "giải quyết xong ngày 01/11/2018, đúng hạn",
    ):
        assert words in text
    assert "1/2 giải quyết đúng hạn" in text


def listed(inspector, year, number):
    """The cells of the row of a letter in the list of `year`: organization, received, accepted, due, how it stands."""
    page = inspector.open(reverse("letters", args=["K", year], query={"tim": number})).page.content.decode()
    body = page[page.index("<tbody") : page.index("</tbody>")]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"(?s)<td[^>]*>(.*?)</td>", body)][2:]


def test_a_past_year_tells_nothing_that_came_later(world):
    """Received in 2016; accepted and extended in 2017, each with a new deadline; the number corrected in 2018."""
    set_groups(world, 2016, 2017, 2018)
    inspector, paper = (
        Hand(world.user("INSPECTION", "K")),
        Document.objects.create(number="3-QĐ", date=date(2018, 1, 2), issuer="UBKT"),
    )
    row = ReceivedLetter(
        number="N-5", organization=world.org["CB01"], received_on=date(2016, 12, 28), due_on=date(2017, 2, 10)
    )
    register_letters([row], **world.act(date(2016, 12, 28)))
    accept_letters({letter("N-5"): (date(2017, 1, 8), date(2018, 1, 20))}, **world.act(date(2017, 1, 8)))
    extend_deadlines({letter("N-5"): date(2018, 3, 10)}, **world.act(date(2018, 1, 5), document=paper))
    extension = Change.objects.latest("pk")
    correct_letters({letter("N-5"): {"number": "N-55"}}, **world.act(reason="nhầm số"))
    assert listed(inspector, 2016, "N-55") == ["28/12/2016", "–", "10/02/2017", "chờ thụ lý, còn 41 ngày"]
    assert listed(inspector, 2017, "N-55") == ["28/12/2016", "08/01/2017", "20/01/2018", "còn 20 ngày"]
    assert listed(inspector, 2018, "N-55") == ["28/12/2016", "08/01/2017", "10/03/2018", "quá hạn 279 ngày"]
    undo(Change.objects.latest("pk"), **world.act(reason="không nhầm"))
    undo(extension, **world.act(reason="ghi nhầm"))
    for year, due in ((2016, "10/02/2017"), (2017, "20/01/2018"), (2018, "20/01/2018")):
        assert listed(inspector, year, "N-5")[2] == due


def test_filters_are_chips(inspector):
    text = inspector.open(reverse("letters", args=["K", 2018], query={"tinh_trang": "qua-han"})).text
    assert "1 đơn khớp bộ lọc." in text and "LATE-1" in text and "RUN-2" not in text
    assert "2 đơn khớp" in inspector.open(reverse("letters", args=["K", 2018], query={"tim": "to chuc db01"})).text


def test_each_organization_has_the_letters_received_below_it(inspector):
    for code, n in {"K": 4, "DB01": 2, "DB01-01": 1, "DB02": 1, "DB03": 0}.items():
        assert f"{n} đơn." in inspector.open(reverse("letters", args=[code, 2018])).text, code


def test_the_way_of_a_letter_by_hand(office, inspector):
    inspector.open(reverse("letter_new", args=["K", 2018]))
    inspector.press(None, refused=True, so_don="05/ĐT", to_chuc="", tu_ngay="01/10/2018", han="01/02/2019")
    assert 'value="05/ĐT"' in inspector.page.content.decode()
    inspector.press(None, so_don="05/ĐT", to_chuc=str(office.org["DB03"].pk), tu_ngay="01/10/2018", han="01/02/2019")
    assert "chờ thụ lý, còn 49 ngày" in inspector.text
    assert "1 đơn khớp" in inspector.open(reverse("letters", args=["K", 2018], query={"tim": "05/đt"})).text
    inspector.open(page_of("05/ĐT", viec="thu-ly")).press("thu-ly", tu_ngay="08/10/2018", han="10/12/2018")
    inspector.open(page_of("05/ĐT", viec="gia-han"))
    inspector.press("gia-han", refused=True, tu_ngay="01/12/2018", han="20/12/2018")
    inspector.press("gia-han", han="20/12/2018", so="3-QĐ", ngay="01/12/2018", co_quan="UBKT")
    inspector.open(page_of("05/ĐT", viec="giai-quyet"))
    inspector.press("giai-quyet", tu_ngay="13/12/2018", ket_qua=str(Result.objects.get(code="03").pk))
    assert "giải quyết xong ngày 13/12/2018, đúng hạn" in inspector.text
    told = [
        "Giải quyết xong ngày 13/12/2018. Kết quả: Tố cáo sai.",
        "Hạn giải quyết 20/12/2018, trước đó 10/12/2018.",
        "3-QĐ ngày 01/12/2018 của UBKT",
        "Thụ lý ngày 08/10/2018. Hạn giải quyết 10/12/2018, trước đó 01/02/2019.",
        "Nhận đơn số 05/ĐT ngày 01/10/2018, hạn giải quyết 01/02/2019.",
    ]
    history = inspector.text[inspector.text.index("Lịch sử") :]
    at = [history.index(sentence) for sentence in told]
    assert at == sorted(at)
    inspector.open(page_of("05/ĐT", viec="huy", viec_so=Change.objects.latest("pk").pk)).press("huy", ly_do="Ghi nhầm")
    assert "Trở lại chưa giải quyết xong." in inspector.text
    assert letter("05/ĐT").resolved_on is None


def test_a_letter_is_passed_on_and_corrected_by_hand(office, inspector):
    inspector.open(page_of("WAIT-3", viec="chuyen")).press("chuyen", tu_ngay="04/09/2018", noi_nhan="Thanh tra tỉnh")
    assert "đã chuyển đến Thanh tra tỉnh ngày 04/09/2018" in inspector.text
    inspector.open(page_of("WAIT-3", viec="sua"))
    inspector.press("sua", refused=True, so_don="WAIT-33")
    inspector.press("sua", ly_do="Ghi nhầm số")
    assert "Sửa số đơn WAIT-33, trước đó WAIT-3." in inspector.text
    assert letter("WAIT-33").organization.code == "CB01"


def test_another_corrected_the_letter_meanwhile_and_nothing_typed_is_lost(office, inspector):
    inspector.open(page_of("WAIT-3", viec="sua"))
    correct_letters({letter("WAIT-3"): {"number": "WAIT-33"}}, **office.act(reason="Ghi nhầm số"))
    inspector.press("sua", refused=True, han="01/02/2019", ly_do="Ghi nhầm hạn")
    assert "Đơn WAIT-33 vừa được người khác sửa: số đơn nay là “WAIT-33”." in inspector.text
    assert 'value="01/02/2019"' in inspector.page.content.decode()
    assert letter("WAIT-33").due_on == date(2019, 1, 31)
    inspector.press("sua", so_don="WAIT-33")
    assert letter("WAIT-33").due_on == date(2019, 2, 1)


def test_discipline_after_a_letter(inspector):
    assert "Cảnh cáo, Lê An , 05/11/2018" in inspector.open(page_of("LATE-1")).text
    inspector.open(reverse("inspections", args=["K", 2018], query={"ky_luat": "dv-2"}))
    assert "Lê An 05/11/2018 Tổ chức DB01-01, Tổ chức DB01 đơn thư" in inspector.text


def test_the_leader_reads_and_does_not_write(office):
    hand = Hand(office.user("LEADER", "K"))
    text = hand.open(page_of("LATE-1")).text
    assert "quá hạn 13 ngày" in text
    assert "Hủy việc này" not in text and "Giải quyết xong ngày" not in text
    assert "viec=" not in hand.page.content.decode()
    assert hand.client.post(page_of("LATE-1"), {"viec": "giai-quyet"}).status_code == 403


@pytest.mark.parametrize(
    ("role", "code"),
    [("SECRETARY", "DB01-01"), ("COMMITTEE", "DB01"), ("SECRETARY", "CB01"), ("ORGANIZATION", "K"), (None, None)],
)
def test_nobody_else_learns_anything_of_a_letter(office, role, code):
    """Neither number, nor count, nor deadline, nor reason, nor that there is one: on no page of the register."""
    if role:
        hand = Hand(office.user(role, code))
    else:
        office.by.is_superuser = True
        office.by.save()
        hand, code = Hand(office.by), "K"
    places = {"DB01": ["DB01", "DB01-01"], "K": ["K", "DB01", "CB01"]}.get(code, [code])
    for place in places:
        for query in ({}, {"ky_luat": "dv-2"}):
            hand.open(reverse("inspections", args=[place, 2018], query=query))
            silent(hand)
            if query and place in ("K", "DB01", "DB01-01"):
                assert re.search(r"Lê An 05/11/2018 Tổ chức DB01-01(, Tổ chức DB01)? –", hand.text)
        silent(hand.open(reverse("inspection_list", args=[place, 2018], query={"tim": "late"})))
        silent(hand.open(reverse("organization", args=[place, 2018])))
        for name in ("letters", "letter_new"):
            refused = hand.client.get(reverse(name, args=[place, 2018]))
            assert refused.status_code == 403
            assert not re.search("(LATE|RUN|WAIT|DONE)-", refused.content.decode())
    there, nowhere = (hand.client.get(reverse("letter", args=[n])) for n in (letter("LATE-1").file_id, 10**9))
    assert there.status_code == nowhere.status_code == 403
    assert re.sub("csrf[^>]*", "", there.content.decode()) == re.sub("csrf[^>]*", "", nowhere.content.decode())


def silent(hand):
    page = hand.page.content.decode()
    assert not re.search(r"LATE|RUN-|WAIT|DONE|KÍN|(?i:đơn thư)|/don-thu/|\d/\d giải quyết", page)


def test_a_discipline_after_a_letter_says_so_to_nobody_else(office):
    hand = Hand(office.user("ORGANIZATION", "K"))
    pages = [reverse("member", args=[office.people["An"].pk]), reverse("inspections", args=["K", 2018])]
    for url in pages:
        silent(hand.open(url))


def test_a_letter_received_at_the_bloc_leads_back_to_its_list(office, inspector):
    inspector.open(reverse("letter_new", args=["K", 2018]))
    assert "Số, ký hiệu quyết định, nếu có" in inspector.text
    typed = {"so_don": "NEW-5", "tu_ngay": "01/12/2018", "han": "01/03/2019"}
    inspector.press(None, refused=True, **typed)
    assert "Hãy chọn tổ chức." in inspector.text and "ít nhất" not in inspector.text
    inspector.press(None, to_chuc=str(office.org["DB02"].pk), **typed)
    assert "Đã ghi đơn NEW-5." in inspector.text
    (back,) = re.findall(r'<a href="([^"]+)"[^>]*>Đơn thư</a>', inspector.page.content.decode())
    assert back == reverse("letters", args=["K", 2018])
