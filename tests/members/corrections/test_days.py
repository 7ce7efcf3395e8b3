"""Days of admission and recognition put right: by the rules under which they were entered, and beside all that hangs on them."""

from datetime import date

import pytest

from ledger.acts import Refused, act
from ledger.models import Change, Document
from ledger.soundness import outcomes
from ledger.undo import undo
from members.badges.awards import Award, award
from members.corrections.days import DayCorrection, RecordedDays, correct_within
from members.life.probation import extend_probation
from members.life.sanctions import discipline
from members.models import Admission, BadgeLevel, Discipline, Exit, Officialization
from members.records.history import history_of
from members.verbs import MemberVerb
from tests.world import TODAY


def correct(world, name, document=None, **days):
    with act(MemberVerb.AMEND, **world.act(reason="Đối chiếu", document=document), undoable=True) as change:
        correct_within([DayCorrection(member=world.people[name], **days)], change)
    return change


def days_of(world, name):
    """(decided, ceremony, officials), read from the rows alone."""
    admission = Admission.objects.get(member=world.people[name], voided=None)
    officials = Officialization.objects.filter(member=world.people[name], voided=None).values_list("on", flat=True)
    return admission.decided, admission.ceremony, *officials


def why(world, name, paper=None, **days):
    person = world.people[name]
    return RecordedDays([person]).why_not(DayCorrection(member=person, **days), paper)


BEFORE = (date(2010, 5, 1), date(2010, 5, 19), date(2011, 5, 19))
AFTER = (date(2009, 8, 20), date(2009, 9, 2), date(2010, 9, 2))


def test_all_three_are_put_right_told_and_taken_back(world):
    change = correct(world, "An", decided=AFTER[0], ceremony=AFTER[1], official=AFTER[2])
    assert days_of(world, "An") == AFTER
    assert [one.sentence for one in history_of(world.people["An"])][0] == (
        "Ghi lại: Kết nạp tại ngoài Đảng bộ Khối, quyết định 20/08/2009, lễ 02/09/2009; "
        "Ghi lại: Công nhận chính thức từ 02/09/2010"
    )
    undo(change, **world.act(reason="Nhầm"))
    assert days_of(world, "An") == BEFORE
    assert all(outcome.sound for outcome in outcomes(quick=True))


def test_one_alone_leaves_the_others(world):
    correct(world, "An", official=date(2011, 6, 1))
    assert days_of(world, "An") == (*BEFORE[:2], date(2011, 6, 1))


def test_the_recognition_that_is_wanting_is_added(world):
    world.admit("Vũ Mai", "DB01-01", date(2016, 5, 19))
    correct(world, "Mai", official=date(2017, 5, 19))
    assert days_of(world, "Mai")[2:] == (date(2017, 5, 19),)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"decided": date(2010, 6, 1)}, "ngày làm lễ 19/05/2010 trước ngày quyết định 01/06/2010"),
        ({"ceremony": date(2011, 6, 1)}, "ngày chính thức trước ngày kết nạp"),
        (
            {"ceremony": date(2015, 6, 1), "official": date(2016, 6, 1)},
            "ngày vào danh sách 01/01/2015 trước ngày kết nạp",
        ),
        ({"decided": date(1990, 1, 1), "ceremony": date(1990, 2, 3)}, "chưa đủ 18 tuổi"),
        ({"official": date(2019, 6, 1)}, "còn ở phía trước"),
        ({"official": date(2011, 1, 1)}, "Muốn công nhận sớm hơn, hãy ghi số"),
        ({"official": date(2010, 5, 19)}, "ngày công nhận chính thức phải sau ngày kết nạp"),
    ],
)
def test_what_a_form_would_refuse_is_refused(world, days, says):
    assert says in why(world, "An", **days)[0]
    acts = Change.objects.count()
    with pytest.raises(Refused):
        correct(world, "An", **days)
    assert (days_of(world, "An"), Change.objects.count()) == (BEFORE, acts)


def test_early_by_a_paper_alone(world):
    paper = Document.objects.create(number="1-CV", date=date(2010, 12, 1), issuer="Tỉnh ủy")
    assert why(world, "An", paper, official=date(2011, 1, 1)) == []


def test_a_ceremony_in_a_cell_of_the_bloc_stays_where_the_membership_began(world):
    world.admit("Vũ Mai", "DB01-01", date(2016, 5, 19))
    assert why(world, "Mai", ceremony=date(2016, 6, 1))[0].startswith("Vũ Mai kết nạp ở DB01-01 ngày 19/05/2016")
    correct(world, "Mai", decided=date(2016, 5, 1))
    assert days_of(world, "Mai") == (date(2016, 5, 1), date(2016, 5, 19))


def test_what_hangs_on_the_days_keeps_them(world):
    level = BadgeLevel.objects.order_by("years").first()
    since = date(2018 - level.years, 1, 10)
    world.enroll("Cao Lão", "DB01-01", decided=since, ceremony=since, official=date(since.year + 1, 1, 10))
    award([Award(member=world.people["Lão"], level=level, on=date(2018, 2, 3))], **world.act(date(2018, 2, 3)))
    late = {"decided": date(since.year + 5, 1, 1), "ceremony": date(since.year + 5, 1, 1)}
    assert "với ngày mới thì chưa đủ tuổi Đảng" in why(world, "Lão", **late, official=date(since.year + 6, 1, 1))[0]

    world.enroll("Vũ Mai", "DB01-01", ceremony=date(2014, 5, 19), decided=date(2014, 5, 1), official=None)
    extend_probation({world.people["Mai"]: date(2015, 12, 1)}, **world.act(date(2015, 3, 1)))
    assert "khi đó không dự bị" in why(world, "Mai", ceremony=date(2014, 5, 20), official=date(2015, 2, 1))[-1]

    removal = [(world.people["An"], Discipline.Kind.REMOVAL, date(2016, 3, 1))]
    discipline(removal, **world.act(date(2016, 3, 1)))
    assert "thì đang dự bị" in why(world, "An", official=date(2017, 1, 1))[-1]


def test_who_came_into_the_party_twice_is_put_right_at_the_record(world):
    world.leave("An", date(2016, 1, 1), Exit.STRUCK)
    Admission.objects.create(
        member=world.people["An"], decided=TODAY, ceremony=TODAY, added=Change.objects.latest("pk"), kind="READMITTED"
    )
    assert why(world, "An", decided=date(2010, 5, 2)) == [
        f"Lê An có nhiều lần kết nạp hoặc công nhận trong sổ. Hãy ghi ở hồ sơ số {world.people['An'].pk}."
    ]
