"""What stands unclean in a database, because it came there past the fields, is found and can be mended."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from indicators.models import Indicator
from indicators.self_check import page as self_check_page
from indicators.targets.targets import eight_groups, set_groups
from inspections.checks.register import InspectionPlan, register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection, Letter
from ledger.models import Change, Document
from ledger.soundness import UNCLEAN, outcomes
from members.candidates.steps import Recommendation, recommend
from members.models import CandidateRecord, Member
from organizations.models import OrganizationSpell
from ratings.models import Scheme, Sheet
from ratings.periods.periods import open_period
from tests.hand import Hand
from tests.world import TODAY


def found():
    return {(f.sentence, f.url) for o in outcomes() for f in o.findings}


def put(model, pk, column, value):
    """Past every field, as a restored file or a statement by hand would."""
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE id = %s', [value, pk])


@pytest.mark.parametrize("name", ["Lê\u200e An", "Le\u0302 An", "Lê\u00a0An", "K’An", "Ra–glai An", "Lê  An"])
def test_a_name_that_is_unclean_is_found_and_its_record_mends_it(world, name):
    an = world.people["An"]
    put(Member, an.pk, "full_name", name)
    page = reverse("member", args=[an.pk])
    assert (f"đảng viên số {an.pk}: họ và tên {UNCLEAN}", page) in found()
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(reverse("record", args=[an.pk])).press(None, ly_do="gõ lại họ tên")
    assert found() == set()


UNSEEN = "một\u2066"


def a_name_of_an_organization(world):
    return OrganizationSpell.objects.standing().get(organization=world.org["CB01"]), "name", "tên"


def a_title_of_an_inspection(world):
    plan = InspectionPlan(
        year=2018, kind="INSPECTION", title="Kiểm tra", conductor=world.org["K"], subjects=((world.org["DB01"], None),)
    )
    register_inspections([plan], **world.act())
    return Inspection.objects.get(), "title", "nội dung"


def a_number_of_a_letter(world):
    days = {"received_on": date(2018, 6, 1), "due_on": date(2018, 8, 1)}
    register_letters([ReceivedLetter(number="1", organization=world.org["DB01"], **days)], **world.act())
    return Letter.objects.get(), "number", "số đơn"


def a_basis_of_a_scheme(world):
    return Scheme.objects.first(), "legal_basis", "căn cứ"


def a_reason_of_a_sheet(world):
    open_period(2018, **world.act())
    return Sheet.objects.standing().first(), "over_cap", "lý do vượt tỷ lệ"


def a_name_of_an_indicator(world):
    set_groups(2018, eight_groups(2018), **world.act())
    return Indicator.objects.first(), "name", "tên chỉ tiêu"


@pytest.mark.parametrize(
    "text",
    [
        a_name_of_an_organization,
        a_title_of_an_inspection,
        a_number_of_a_letter,
        a_basis_of_a_scheme,
        a_reason_of_a_sheet,
        a_name_of_an_indicator,
    ],
)
def test_a_text_of_every_register_that_is_unclean_is_found(world, text):
    """What is found of inspections and letters is told as theirs, and says nothing of what stands in them."""
    row, column, label = text(world)
    assert found() == set()
    put(type(row), row.pk, column, UNSEEN)
    said = [f for o in outcomes() for f in o.findings if f.sentence.endswith(UNCLEAN)]
    assert {f.sentence for f in said} == {f"{row._meta.verbose_name} số {row.pk}: {label} {UNCLEAN}"}
    assert [f.told_as for f in said] == [getattr(row, "told_as", "")]
    assert bool(said[0].told_as) is isinstance(row, Inspection | Letter)


def test_a_letter_that_is_unclean_is_not_told_to_whom_it_is_not_open(world):
    row, column, _ = a_number_of_a_letter(world)
    put(Letter, row.pk, column, UNSEEN)
    world.found(("K2", "KHOI", None))
    said = self_check_page.found(world.user("ORGANIZATION", "K"))
    assert ([f for o in said.outcomes for f in o.findings], said.elsewhere) == ([], 1)


@pytest.mark.parametrize(
    ("name", "what", "usual"),
    [
        ("12345", "có chữ số hoặc dấu lạ", ""),
        ("lê an", "toàn chữ thường", "Lê An"),
        ("LÊ AN", "toàn chữ hoa", "Lê An"),
        ("NguyễN Thị HồNg", "có chữ hoa giữa chữ", "Nguyễn Thị Hồng"),
        ("K'Brôi H'Hen", "", ""),
    ],
)
@pytest.mark.parametrize("whose", ["member", "candidate"])
def test_a_name_that_looks_mistyped_is_to_be_looked_at(world, whose, name, what, usual):
    """As the forms ask of it; whether it is right only somebody who knows can tell."""
    row = world.people["An"] if whose == "member" else recommended(world)
    pk = row.pk if whose == "member" else row.candidate_id
    type(row).objects.filter(pk=row.pk).update(full_name=name)
    call_command("refresh_keys", stdout=StringIO())
    label = row._meta.get_field("full_name").verbose_name
    offered = f" Thường viết là {usual}." if usual else ""
    sentence = f"{name}: {label} {what}.{offered} Nếu gõ nhầm, hãy sửa ở hồ sơ; nếu đúng như vậy thì để nguyên."
    assert found() == ({(sentence, reverse(whose, args=[pk]))} if what else set())
    assert all(outcome.sound for outcome in outcomes())


def recommended(world):
    person = Recommendation(
        full_name="Trần Nguồn", sex="F", birth_date=date(1995, 3, 20), organization=world.org["CB01"], on=TODAY
    )
    recommend([person], **world.act())
    return CandidateRecord.objects.get(voided__isnull=True)


def test_a_reason_and_a_paper(world):
    paper = Document.objects.create(number="1", date=TODAY, issuer="Đảng ủy")
    change = Change.objects.latest("pk")
    put(Document, paper.pk, "issuer", "Đảng ủy\u202c")
    put(Change, change.pk, "reason", "một\u2066")
    assert {sentence for sentence, _ in found()} == {
        f"văn bản số {paper.pk}: cơ quan ban hành {UNCLEAN}",
        f"việc đã ghi số {change.pk}: lý do {UNCLEAN}",
    }


def test_a_stale_key_is_computed_anew_by_command(world):
    an = world.people["An"]
    put(Member, an.pk, "search_key", "le binh")
    assert [sentence for sentence, _ in found()] == [
        "đảng viên Lê An: khóa tìm kiếm không khớp. Hãy chạy manage.py refresh_keys để tính lại."
    ]
    out = StringIO()
    call_command("refresh_keys", stdout=out)
    assert out.getvalue() == "Đã tính lại khóa của 1 dòng.\n"
    assert found() == set()
    assert Member.objects.get(pk=an.pk).search_key == "le an"


def test_arguments_of_commands_are_cleaned(world):
    def roll(*args, **more):
        out = StringIO()
        call_command("roll", *args, stdout=out, **more)
        return out.getvalue()

    clean = roll("--organization", "DB01-01", "--date", "31/12/2017")
    assert "2 đảng viên" in clean
    assert roll("–organization", "\u200eDB01–01\u00a0", "--date", "31/12/2017\u202c") == clean
    assert roll(organization="DB01‑01\ufeff", date="31 / 12 / 2017") == clean
