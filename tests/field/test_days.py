"""No year is impossible: every door refuses a day that cannot be, with a sentence; the self-check finds those that stand."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from inspections.letters.letters import ReceivedLetter, register_letters
from ledger import days
from ledger.acts import Refused
from ledger.documents import document
from ledger.models import DayLimits, Document, Installation, User
from ledger.numbers import day_in_words
from ledger.soundness import outcomes
from members.candidates import steps
from members.life import probation, statuses
from members.merging import mergers
from members.models import Admission, CandidateRecord, Member, Membership, Status
from members.records import amendments
from members.register import arrivals, moves
from tests.hand import Hand
from tests.world import TODAY, recorded, refused

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
APPS = ["ledger", "organizations", "members", "inspections", "ratings", "indicators", "khoi_ccq"]
IMPOSSIBLE = ["12/03/0198", "12/03/2130", "31/12/9999"]
OLD = date(198, 3, 12)
EARLY = "12/03/0198 trước 03/02/1930, ngày sớm nhất ghi được. Hãy xem lại năm."
LATE = "12/03/2130 sau 14/12/2023, ngày xa nhất ghi được. Hãy xem lại năm."


# The rule


def test_what_is_possible_is_a_row_of_the_settings(world):
    assert days.limits() == (date(1930, 2, 3), date(2023, 12, 14))
    assert days.why_impossible(date(1930, 2, 3)) == ""
    assert days.why_impossible(date(1930, 2, 2)) == (
        "Ngày 02/02/1930 trước 03/02/1930, ngày sớm nhất ghi được. Hãy xem lại năm."
    )
    assert days.why_impossible(date(2023, 12, 15)) == (
        "Ngày 15/12/2023 sau 14/12/2023, ngày xa nhất ghi được. Hãy xem lại năm."
    )
    row = DayLimits.objects.get()
    row.earliest, row.years_ahead = date(1945, 9, 2), 1
    row.save()
    assert days.limits() == (date(1945, 9, 2), date(2019, 12, 14))
    DayLimits.objects.all().delete()
    assert days.limits() == (date(1930, 2, 3), date(2023, 12, 14))


def test_a_year_is_printed_with_four_digits():
    assert day_in_words(OLD) == "12/03/0198"
    assert str(Document(number="1-QĐ", date=OLD, issuer="X")) == "1-QĐ ngày 12/03/0198 của X"
    assert Member(birth_date=OLD, birth_precision="D").born == "12/03/0198"
    assert Member(birth_date=OLD, birth_precision="M").born == "03/0198"
    assert Member(birth_date=OLD, birth_precision="Y").born == "0198"


MAY_FORMAT = {
    "ledger/management/arguments.py",
    "ledger/web/forms.py",
    "khoi_ccq/formats/vi/formats.py",
}  # they read, or Django pads


def test_no_other_place_formats_a_day():
    """Python writes the year 198 as 198, which reads like one of today."""
    for path in [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]:
        if path.relative_to(ROOT).as_posix() in MAY_FORMAT:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert "%Y" not in node.value, f"{path.name}: {node.value}"


# The cases of the field


PERSON = {"gioi_tinh": "F", "dan_toc": "01", "ho_ten": "Hồ Xuân"}
PAPER = {"so": "12-QĐ/ĐUK", "ngay": "01/03/2018", "co_quan": "Đảng ủy Khối"}
ADMITTED = {**PERSON, **PAPER, "ngay_sinh": "15/06/1990", "chi_bo": "CB01", "ngay_le": "19/05/2018"}
ADMITTED |= {"hinh_thuc": "ADMITTED"}
ARRIVED = {**PERSON, **PAPER, "ngay_sinh": "15/06/1990", "chi_bo": "CB01", "tu_ngay": "02/04/2018"}
ARRIVED |= {"quyet_dinh": "01/05/2012", "ngay_le": "19/05/2012", "chinh_thuc": "19/05/2013"}


@pytest.mark.parametrize(
    ("errand", "typed", "said"),
    [
        ("chuyen-den", {"ngay_sinh": "12/03/2030"}, "Ngày sinh 12/03/2030 còn ở phía trước. Hãy xem lại năm."),
        ("chuyen-den", {"ngay_sinh": "12/03/0198"}, "Ngày sinh 12/03/0198 cách nay hơn 120 năm. Hãy xem lại năm."),
        (
            "chuyen-den",
            {"ngay_sinh": "12/03/2015", "quyet_dinh": "01/05/2010", "ngay_le": "19/05/2010"},
            "Hồ Xuân chưa đủ 18 tuổi vào ngày kết nạp 19/05/2010. Hãy xem lại ngày sinh 12/03/2015 và ngày ấy.",
        ),
        ("chuyen-den", {"quyet_dinh": "01/05/0201"}, "Ngày 01/05/0201 trước 03/02/1930"),
        (
            "chuyen-den",
            {"quyet_dinh": "01/05/1931"},
            "Hồ Xuân chưa đủ 17 tuổi vào ngày quyết định kết nạp 01/05/1931. Hãy xem lại ngày sinh 15/06/1990",
        ),
        ("chuyen-den", {"chinh_thuc": "19/05/0213"}, "Ngày 19/05/0213 trước 03/02/1930"),
        ("ket-nap", {"ngay": "01/03/0218"}, "Ngày 01/03/0218 trước 03/02/1930"),
        ("ket-nap", {"ngay_le": "19/05/2108"}, "Ngày 19/05/2108 sau 14/12/2023, ngày xa nhất ghi được"),
        ("ket-nap", {"ngay_sinh": "15/06/1890"}, "Ngày sinh 15/06/1890 cách nay hơn 120 năm."),
    ],
)
def test_nobody_is_entered_on_an_impossible_day(world, errand, typed, said):
    hand, before = Hand(world.user("ORGANIZATION", "K")).open(reverse("enter", args=["K", 2018, errand])), recorded()
    whole = {"ket-nap": ADMITTED, "chuyen-den": ARRIVED}[errand]
    hand.press(None, refused=True, **whole | typed)
    assert said in hand.text
    assert all(value in hand.page.content.decode() for value in typed.values())  # what was typed stays
    assert recorded() == before


def test_the_verbs_refuse_alike(world):
    def arrive(**known):
        world.enroll("Hồ Xuân", "CB01", entry="ARRIVED", on=date(2018, 4, 2), **known)

    with refused("Hồ Xuân sinh 12/03/2030, sau ngày 02/04/2018. Hãy xem lại năm sinh."):
        arrive(born=date(2030, 3, 12))
    with refused("Hồ Xuân sinh 12/03/0198, quá 120 tuổi vào ngày 02/04/2018. Hãy xem lại năm sinh."):
        arrive(born=OLD)
    with refused("Hồ Xuân: ngày 01/05/0201 trước 03/02/1930, ngày sớm nhất ghi được. Hãy xem lại năm."):
        arrive(decided=date(201, 5, 1))
    with refused(f"Ngày {EARLY}"):
        world.found(("CB09", "CBCS", "K"), on=OLD)
    with refused(f"Văn bản 1-QĐ: ngày {EARLY}"):
        document("1-QĐ", OLD, "Đảng ủy")
    paper = Document.objects.create(number="2-QĐ", date=OLD, issuer="Đảng ủy")
    with refused(f"Văn bản 2-QĐ: ngày {EARLY}"):
        moves.transfer([(world.people["An"], world.org["CB01"], TODAY)], **world.act(document=paper))
    later = date(2130, 3, 12)
    with refused(f"Nghỉ ốm: ngày {LATE}"):
        statuses.set_status([world.people["An"]], Status.Kind.SICK, until=later, **world.act())
    moi = world.admit("Trần Mới", "DB01-01", date(2018, 1, 10))
    with refused(f"Trần Mới: ngày {LATE}"):
        probation.extend_probation({moi: later}, **world.act())
    letter = {"organization": world.org["DB01"], "received_on": date(2018, 3, 1), "due_on": later}
    with refused(f"Đơn 1: ngày {LATE}"):
        register_letters([ReceivedLetter(number="1", **letter)], **world.act())
    for born, said in ((OLD, "sinh 12/03/0198, quá 120 tuổi"), (later, "sinh 12/03/2130, sau ngày 14/12/2018")):
        someone = {"full_name": "Trần Nguồn", "sex": "F", "birth_date": born, "organization": world.org["CB01"]}
        with pytest.raises(Refused, match=said):
            steps.recommend([steps.Recommendation(on=TODAY, **someone)], **world.act())


def test_a_record_takes_no_impossible_birth(world):
    an = world.people["An"]
    with refused("Lê An sinh 12/03/0198, quá 120 tuổi vào ngày 14/12/2018. Hãy xem lại năm sinh."):
        amendments.amend({an: {"birth_date": OLD}}, **world.act(reason="Đối chiếu"))
    world.leave("An", date(2017, 1, 1), "STRUCK")
    arrivals.admit([world.newcomer("", "CB01", date(2018, 1, 10), member=an, entry="RESTORED")], **world.act())
    with pytest.raises(Refused, match="Sinh 01/07/1992 thì chưa đủ 18 tuổi vào ngày kết nạp 19/05/2010"):
        amendments.amend({an: {"birth_date": date(1992, 7, 1)}}, **world.act(reason="Đối chiếu"))


def test_two_records_are_not_merged_into_an_impossible_life(world):
    born, left = date(1999, 1, 1), date(2018, 6, 1)
    world.admit("Lê Cũ", "CB02", date(2016, 5, 3), born=date(1990, 1, 1))
    world.leave("Cũ", left)
    known = {"decided": date(2017, 3, 1), "ceremony": date(2017, 3, 2), "official": None, "entry": "ARRIVED"}
    young = world.enroll("Lê Trẻ", "CB02", left, born=born, **known)
    with refused(
        "Sinh 01/01/1999 thì chưa đủ 18 tuổi vào ngày kết nạp 03/05/2016. Hãy giữ hồ sơ kia, hoặc sửa dòng ghi nhầm "
        "trước."
    ):
        mergers.merge(young, world.people["Cũ"], **world.act(reason="Một người ghi hai lần"))


def test_a_command_takes_no_impossible_day(world):
    for typed in ("0198-03-12", "12/03/2130", "9999-12-31"):
        with pytest.raises(CommandError, match="Hãy xem lại năm"):
            call_command("roll", "--date", typed)


def test_the_administration_takes_no_impossible_day(world):
    hand = Hand(User.objects.create_superuser("goc"))
    limits, installation = (
        reverse(f"admin:ledger_{model.__name__.lower()}_change", args=[model.objects.get().pk])
        for model in (DayLimits, Installation)
    )
    for typed in IMPOSSIBLE:
        hand.open(limits).press(None, refused=None, earliest=typed)
        assert DayLimits.objects.get().earliest == date(1930, 2, 3)
        assert "Hãy chọn một ngày từ 01/01/1900." in hand.text or "Ngày sớm nhất không thể ở phía trước" in hand.text
        hand.open(installation).press(None, refused=None, demo_day=typed)
        assert "Ngày phải từ 14/12/2018 đến" in hand.text
    hand.open(limits).press(None, earliest="01/02/1925")
    assert DayLimits.objects.get().earliest == date(1925, 2, 1)


# Eighteen by month


@pytest.mark.parametrize(
    ("born", "precision", "day", "old_enough"),
    [
        (date(2000, 12, 20), "D", date(2018, 12, 10), True),
        (date(2000, 12, 31), "D", date(2018, 12, 1), True),
        (date(2000, 12, 1), "D", date(2018, 11, 30), False),
        (date(2000, 12, 1), "M", date(2018, 12, 1), True),
        (date(2000, 1, 1), "Y", date(2018, 1, 1), True),
        (date(2001, 1, 1), "Y", date(2018, 12, 14), False),
    ],
)
def test_eighteen_is_counted_by_month_in_every_door(world, born, precision, day, old_enough):
    def admit():
        person = world.person("Hồ Xuân", birth_date=born, birth_precision=precision)
        row = world.newcomer("", "CB01", day, member=person, decided=day)
        arrivals.admit([row], **world.act())

    if old_enough:
        admit()
    else:
        with pytest.raises(Refused, match="chưa đủ 18 tuổi"):
            admit()


def test_eighteen_by_month_on_the_page_and_in_the_pipeline(world):
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("enter", args=["K", 2018, "ket-nap"]))
    paper = {"ngay": "01/12/2018", "ngay_le": "10/12/2018"}
    hand.press(None, **ADMITTED | paper | {"ngay_sinh": "20/12/2000"})
    assert "Đã ghi đồng chí Hồ Xuân." in hand.text
    row = steps.Recommendation(
        full_name="Trần Mới",
        sex="F",
        birth_date=date(2000, 12, 20),
        organization=world.org["CB01"],
        on=date(2018, 12, 1),
    )
    steps.recommend([row], **world.act())
    assert not _findings()


# What stands wrong already


def _findings():
    return [f.sentence for outcome in outcomes() for f in outcome.findings]


def _write(model, pk, **columns):
    """As no verb would: past the verbs and past Django."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {model._meta.db_table} SET {names} WHERE id = %s", [*columns.values(), pk])


def test_the_self_check_names_what_stands_impossible(world):
    people = world.people
    assert _findings() == []
    _write(Member, people["An"].pk, birth_date=OLD)
    _write(Member, people["Bình"].pk, birth_date=date(2030, 3, 12))
    _write(Member, people["Chi"].pk, birth_date=date(2015, 1, 1))
    _write(Admission, Admission.objects.get(member=people["Dung"]).pk, decided=date(201, 5, 1))
    row = Membership.objects.get(member=people["Lan"])
    _write(Membership, row.pk, ends=date(2130, 3, 12), exit="DEPARTED")
    paper = Document.objects.create(number="2-QĐ", date=date(2018, 1, 2), issuer="Đảng ủy")
    _write(Document, paper.pk, date=OLD)
    admission = Admission.objects.get(member=people["Dung"])
    found = _findings()
    again = "Hãy hủy việc đã ghi dòng này rồi ghi lại với ngày đúng."
    mend = "Hãy sửa ngày sinh ở hồ sơ, hoặc hủy việc ghi nhầm."
    for sentence in (
        f"Lê An sinh 12/03/0198, quá 120 tuổi vào ngày 01/01/2015. {mend}",
        f"Võ Bình sinh 12/03/2030, sau ngày 01/01/2015. {mend}",
        f"Lê Chi chưa đủ 18 tuổi vào ngày kết nạp 19/05/2010. {mend}",
        f"Võ Dung chưa đủ 17 tuổi vào ngày quyết định kết nạp 01/05/0201. {mend}",
        f"Võ Dung: kết nạp số {admission.pk}, ngày quyết định: ngày 01/05/0201 trước 03/02/1930, ngày sớm nhất ghi được. "
        + again,
        f"Lê Lan: sinh hoạt đảng số {row.pk}, đến trước ngày: ngày 12/03/2130 sau 14/12/2023, ngày xa nhất ghi được. "
        + again,
        f"văn bản số {paper.pk}, ngày ban hành: ngày 12/03/0198 trước 03/02/1930, ngày sớm nhất ghi được. {again}",
    ):
        assert sentence in found, "\n".join(found)
    pages = {f.sentence: f.url for outcome in outcomes() for f in outcome.findings}
    assert pages[f"Lê Chi chưa đủ 18 tuổi vào ngày kết nạp 19/05/2010. {mend}"] == reverse(
        "member", args=[people["Chi"].pk]
    )


@pytest.mark.parametrize(
    ("born", "fault"),
    [
        (OLD, "sinh 12/03/0198, quá 120 tuổi vào ngày 01/02/2018"),
        (date(2030, 3, 12), "sinh 12/03/2030, sau ngày 01/02/2018"),
    ],
)
def test_the_self_check_names_who_waits_with_an_impossible_birth(world, born, fault):
    on = date(2018, 2, 1)
    row = steps.Recommendation(
        full_name="Trần Nguồn", sex="F", birth_date=date(1995, 3, 20), organization=world.org["CB01"], on=on
    )
    (candidate,) = steps.recommend([row], **world.act())
    assert _findings() == []
    _write(CandidateRecord, CandidateRecord.objects.get(candidate=candidate).pk, birth_date=born)
    found = [(f.sentence, f.url) for outcome in outcomes() for f in outcome.findings]
    assert found == [
        (f"Trần Nguồn {fault}. Hãy sửa lý lịch trong nguồn kết nạp.", reverse("candidate", args=[candidate.pk]))
    ]


def test_a_page_of_a_person_with_an_impossible_day_opens_and_tells_it_as_it_is(world):
    _write(Member, world.people["An"].pk, birth_date=OLD)
    _write(Admission, Admission.objects.get(member=world.people["An"]).pk, decided=date(201, 5, 1))
    hand = Hand(world.user("ORGANIZATION", "K")).open(reverse("member", args=[world.people["An"].pk]))
    assert "12/03/0198" in hand.text and "12/03/198" not in hand.text
    assert "01/05/0201" in hand.text
