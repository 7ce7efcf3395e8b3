"""The discipline that followed from an inspection or a letter, and its versions through corrections."""

from datetime import date

import pytest

from inspections.checks.register import carry_out
from inspections.discipline import consequences
from inspections.discipline.discipline import Decision, discipline_organizations, disciplines_to_tie, tie
from inspections.letters.letters import ReceivedLetter, correct_letters, register_letters
from inspections.models import Consequence, OrganizationDiscipline
from ledger.acts import supersede
from ledger.models import Change
from ledger.undo import undo
from members.life.sanctions import discipline
from members.models import Discipline, Exit, Membership
from tests.inspections.checks.test_plan import plan, subject
from tests.world import refused

MAY, JUNE, JULY = date(2018, 5, 2), date(2018, 6, 4), date(2018, 7, 2)
Kind = OrganizationDiscipline.Kind


@pytest.fixture
def looked(world):
    """DB01 and DB02, inspected in May: the two subjects."""
    made = plan(world, "DB01", "DB02", done=MAY)
    return subject(made, "DB01"), subject(made, "DB02")


def punish(world, name, day=JUNE, kind=Discipline.Kind.REPRIMAND):
    member = world.people[name]
    discipline([(member, kind, day)], **world.act(day))
    return Discipline.objects.get(member=member, on=day, voided__isnull=True)


def test_an_organization_is_disciplined_with_what_it_followed_from(world, looked):
    rows = [
        Decision(organization=world.org["DB01"], kind=Kind.WARNING, on=JUNE, origin=looked[0]),
        Decision(organization=world.org["CB01"], kind=Kind.REPRIMAND, on=JUNE),
    ]
    made = discipline_organizations(rows, **world.act(JUNE))
    assert [(d.organization.code, d.get_kind_display()) for d in made] == [
        ("DB01", "Cảnh cáo"),
        ("CB01", "Khiển trách"),
    ]
    (link,) = Consequence.objects.all()
    assert (link.organization_discipline, link.key) == (made[0], looked[0].key)
    undo(Change.objects.latest("pk"), **world.act(reason="Ghi nhầm"))
    assert not OrganizationDiscipline.objects.standing().exists()


def test_a_decision_sent_twice_is_on_record_once(world, looked):
    def decided(code="DB01", kind=Kind.WARNING, on=JUNE, origin=None):
        return Decision(organization=world.org[code], kind=kind, on=on, origin=origin)

    (made,) = discipline_organizations([decided(origin=looked[0])], **world.act())
    sentence = (
        "Tổ chức {}: đã ghi kỷ luật cảnh cáo ngày 04/06/2018; không ghi thêm lần nữa. "
        "Nếu là quyết định khác, hãy xem lại hình thức và ngày."
    )
    with refused(sentence.format("DB01")):
        discipline_organizations([decided("CB01"), decided()], **world.act())
    with refused(sentence.format("CB01")):
        discipline_organizations([decided("CB01"), decided("CB01")], **world.act())
    others = [decided(kind=Kind.REPRIMAND), decided(on=JULY), decided("CB01")]
    assert len(discipline_organizations(others, **world.act())) == 3
    undo(made.added, **world.act(reason="Ghi nhầm"))
    discipline_organizations([decided()], **world.act())


def test_one_bad_decision_keeps_all_out(world, looked):
    good = Decision(organization=world.org["CB01"], kind=Kind.REPRIMAND, on=JUNE)
    with refused("Tổ chức DB01: kỷ luật ngày 01/05/2018, trước ngày hoàn thành kiểm tra 02/05/2018."):
        bad = Decision(organization=world.org["DB01"], kind=Kind.WARNING, on=date(2018, 5, 1), origin=looked[0])
        discipline_organizations([good, bad], **world.act(JUNE))
    world.merge("CB02", "DB01", {"CB02": "DB01-01"}, MAY)
    with refused("Kỷ luật tổ chức: tổ chức CB02 không tồn tại vào ngày 04/06/2018."):
        bad = Decision(organization=world.org["CB02"], kind=Kind.WARNING, on=JUNE)
        discipline_organizations([good, bad], **world.act(JUNE))


def test_members_are_tied_to_the_organization_they_stood_in(world, looked):
    an, duc = punish(world, "An"), punish(world, "Đức")
    assert [row for _, row in disciplines_to_tie(looked[0])] == [an]
    tie([(an, looked[0]), (duc, looked[1])], **world.act())
    assert {(link.discipline, link.key) for link in Consequence.objects.all()} == {
        (an, looked[0].key),
        (duc, looked[1].key),
    }
    assert disciplines_to_tie(looked[0]) == []


def test_who_was_not_there_and_what_was_before_keep_all_out(world, looked):
    an, duc = punish(world, "An"), punish(world, "Đức")
    foreign = "Lê Đức: kỷ luật này đã gắn với việc khác, đã hủy, hoặc của người không ở tổ chức đó."
    with refused(foreign):
        tie([(an, looked[0]), (duc, looked[0])], **world.act())
    early = punish(world, "Bình", date(2018, 4, 2))
    with refused("Võ Bình: kỷ luật ngày 02/04/2018, trước ngày hoàn thành kiểm tra 02/05/2018."):
        tie([(an, looked[0]), (early, looked[0])], **world.act())
    tie([(duc, looked[1])], **world.act())
    with refused(foreign):
        tie([(an, looked[0]), (duc, looked[1])], **world.act())


def test_what_was_not_carried_out_has_no_consequence(world):
    made, an = plan(world, "DB01"), punish(world, "An")
    with refused("Kiểm tra nghị quyết, tổ chức DB01: chưa hoàn thành."):
        tie([(an, subject(made, "DB01"))], **world.act())


def test_an_expulsion_follows_too(world, looked):
    world.leave("An", JUNE, Exit.EXPELLED)
    row = Membership.objects.get(member=world.people["An"], exit=Exit.EXPELLED, voided__isnull=True)
    assert disciplines_to_tie(looked[0]) == [("expulsion", row)]
    tie([(row, looked[0])], **world.act())
    (found,) = consequences.from_subjects({looked[0].key})
    assert (found.words, found.day, str(found.member)) == ("Khai trừ", JUNE, "Lê An")


def test_a_letter_has_consequences(world):
    row = ReceivedLetter(number="01/ĐT", organization=world.org["DB01"], received_on=MAY, due_on=JULY)
    (letter,) = register_letters([row], **world.act(MAY))
    an = punish(world, "An")
    tie([(an, letter)], **world.act())
    (found,) = consequences.from_file(letter.file)
    assert (found.row, found.organization) == (an, None)


def test_a_link_follows_its_discipline_through_a_correction_and_back(world, looked):
    an = punish(world, "An")
    tie([(an, looked[0])], **world.act())
    with_reason = world.act(reason="Ghi nhầm hình thức")
    change = Change.objects.create(verb="Sửa kỷ luật", undoable=True, **with_reason)
    (corrected,) = supersede([(an, {"kind": Discipline.Kind.WARNING})], change)
    (found,) = consequences.from_subjects({looked[0].key})
    assert (found.row, found.words) == (corrected, "Cảnh cáo")
    undo(change, **with_reason)
    (found,) = consequences.from_subjects({looked[0].key})
    assert (found.row.voided, found.words) == (None, "Khiển trách")


def test_a_discipline_that_something_is_tied_to_is_not_taken_back(world, looked):
    an = punish(world, "An")
    tie([(an, looked[0])], **world.act())
    link = Consequence.objects.get()
    with refused(
        f"Không hủy được, vì khi đó: Kỷ luật ghi sau kiểm tra, giải quyết đơn số {link.pk}: không còn dòng kỷ luật."
    ):
        undo(an.added, **world.act(reason="Ghi nhầm"))
    undo(link.added, **world.act(reason="Ghi nhầm"))
    undo(an.added, **world.act(reason="Ghi nhầm"))
    assert not Discipline.objects.standing().exists()


def test_what_led_to_discipline_is_not_taken_back(world):
    made = plan(world, "DB01")
    carry_out({subject(made, "DB01"): MAY}, **world.act(MAY))
    done = Change.objects.latest("pk")
    tie([(punish(world, "An"), subject(made, "DB01"))], **world.act())
    with refused("Lượt kiểm tra này đã có kỷ luật ghi sau đó. Hãy hủy việc ghi kỷ luật trước."):
        undo(done, **world.act(reason="Ghi nhầm"))
    # A day corrected since leaves it done.
    carry_out({subject(made, "DB01"): date(2018, 5, 3)}, **world.act(reason="Ghi nhầm ngày"))
    undo(Change.objects.latest("pk"), **world.act(reason="Ghi nhầm"))
    assert subject(made, "DB01").done_on == MAY


@pytest.mark.parametrize("what", ["inspection", "letter", "discipline"])
def test_no_merger_before_what_the_inspectors_wrote_down(world, what):
    """The sentence names the organization and the first day possible; what it was cannot be told from it."""
    if what == "inspection":
        plan(world, "CB01", done=JUNE)
    elif what == "letter":
        row = ReceivedLetter(number="01/ĐT", organization=world.org["CB01"], received_on=JUNE, due_on=JULY)
        register_letters([row], **world.act())
    else:
        discipline_organizations([Decision(organization=world.org["CB01"], kind=Kind.WARNING, on=JUNE)], **world.act())
    with refused(
        "CB01: có việc kiểm tra, kỷ luật hoặc đơn thư từ ngày kết thúc trở đi; sớm nhất từ ngày 05/06/2018 mới kết thúc "
        "được. Cần biết là việc gì, hãy hỏi Ủy ban Kiểm tra."
    ):
        world.merge("CB01", "DB01", {"CB01": "DB01-01"}, JUNE)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2018, 6, 5))


def test_what_discipline_followed_from_is_not_written_anew_after_it(world, looked):
    tie([(punish(world, "An"), looked[0])], **world.act())
    with refused(
        f"{looked[0].inspection.title}, tổ chức DB01: kỷ luật ghi sau việc này có từ ngày 04/06/2018, trước ngày "
        "02/07/2018. Hãy xem lại ngày, hoặc hủy việc ghi kỷ luật ấy trước."
    ):
        carry_out({looked[0]: JULY}, **world.act(reason="ghi lại"))
    carry_out({looked[0]: JUNE}, **world.act(reason="ghi lại"))
    assert [f.day for f in consequences.from_subjects([looked[0].key])] == [JUNE]


def test_a_letter_is_not_corrected_to_have_come_after_what_followed(world):
    row = ReceivedLetter(number="01/ĐT", organization=world.org["DB01"], received_on=MAY, accepted_on=None, due_on=JULY)
    (letter,) = register_letters([row], **world.act())
    tie([(punish(world, "An"), letter)], **world.act())
    with refused(
        "Đơn 01/ĐT: kỷ luật ghi sau việc này có từ ngày 04/06/2018, trước ngày 05/06/2018. "
        "Hãy xem lại ngày, hoặc hủy việc ghi kỷ luật ấy trước."
    ):
        correct_letters({letter: {"received_on": date(2018, 6, 5)}}, **world.act(reason="ghi nhầm"))
    correct_letters({letter: {"received_on": JUNE}}, **world.act(reason="ghi nhầm"))
