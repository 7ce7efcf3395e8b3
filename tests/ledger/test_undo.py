"""A whole act taken back: what it added is void, what it voided stands again, and nothing that rests on it is lost."""

from datetime import date

import pytest

from ledger import soundness
from ledger.acts import Refused
from ledger.models import Change
from ledger.soundness import Finding
from ledger.undo import undo
from members.models import Membership
from members.reorganizing.carry_out import merge
from members.roll.on_a_day import roll
from organizations import lineage
from organizations.models import Organization, OrganizationSpell
from ratings.models import MemberRating, Sheet
from tests.ratings.desk import Desk
from tests.world import refused

pytestmark = pytest.mark.django_db
DAY = date(2018, 6, 15)


def last():
    return Change.objects.latest("pk")


def seen(world, day):
    """What anyone can see of the tree and the roll on `day`."""
    names = {s.organization.code: (s.name, s.kind, s.parent_id) for s in lineage.places(day)}
    people = sorted((row.member.full_name, row.organization.code) for row in roll(world.org["K"], day))
    return names, people


def take_back(world, change=None, reason="ghi nhầm"):
    return undo(change or last(), by=world.by, on=date(2018, 12, 14), reason=reason)


def test_a_merger_is_taken_back_whole(world):
    before = seen(world, DAY)
    lines = set(lineage.Lineage.objects.standing().values_list("organization", "ancestor", "via", "starts", "ends"))
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    assert seen(world, DAY) != before
    take_back(world)
    assert seen(world, DAY) == before
    assert lines == set(
        lineage.Lineage.objects.standing().values_list("organization", "ancestor", "via", "starts", "ends")
    )


def test_what_was_known_before_between_and_after_stays_known(world):
    world.transfer("An", "DB02-01", DAY)
    between = last()
    undoing = take_back(world)

    def place(act):
        rows = Membership.objects.filter(member=world.people["An"], added__lte=act, starts__lte=DAY, ends__gt=DAY)
        return [row.organization.code for row in rows if row.voided_id is None or row.voided_id > act.pk]

    assert place(Change(pk=between.pk - 1)) == ["DB01-01"]
    assert place(between) == ["DB02-01"]
    assert place(undoing) == ["DB01-01"]


def test_an_act_undone_says_so_and_is_not_undone_twice(world):
    world.transfer("An", "DB02-01", DAY)
    change = last()
    undoing = take_back(world, change)
    change.refresh_from_db()
    assert change.undone == undoing
    assert undoing.words == "Hủy việc: Chuyển sinh hoạt chính thức"
    with refused("Việc “Chuyển sinh hoạt chính thức” đã được hủy ngày 14/12/2018."):
        take_back(world, change)


def test_without_a_reason_nothing_is_undone(world):
    world.transfer("An", "DB02-01", DAY)
    with refused("Hủy một việc đã ghi cần nêu lý do."):
        take_back(world, reason="")


def test_an_act_that_another_rests_on_stays(world):
    world.transfer("An", "DB02-01", DAY)
    first = last()
    world.transfer("An", "CB01", date(2018, 7, 1))
    today = last().at
    with refused(
        f"Sau đó đã có việc “Chuyển sinh hoạt chính thức” (ghi ngày {today:%d/%m/%Y}) dựa trên việc này. "
        "Hãy hủy việc đó trước."
    ):
        take_back(world, first)
    take_back(world)
    take_back(world, first)
    assert world.names("DB01-01", DAY) == {"An", "Bình"}


def test_what_an_undoing_gave_back_is_still_the_work_of_the_act_that_brought_it(world):
    world.enroll("Vũ Yên", "DB01-01", DAY)
    enrolment = last()
    world.transfer("Yên", "DB02-01", date(2018, 7, 1))
    take_back(world)
    world.transfer("Yên", "DB02-02", date(2018, 8, 1))
    take_back(world)
    assert world.names("DB01-01", date(2018, 9, 1)) == {"An", "Bình", "Yên"}
    take_back(world, enrolment)
    assert world.names("DB01-01", date(2018, 9, 1)) == {"An", "Bình"}


def test_a_founding_with_people_stays_and_its_code_is_free_again_once_undone(world):
    world.found(("DB01-03", "CBTT", "DB01"), on=DAY)
    founding = last()
    world.transfer("An", "DB01-03", date(2018, 7, 1))
    with pytest.raises(Refused):
        take_back(world, founding)
    take_back(world)
    take_back(world, founding)
    assert not OrganizationSpell.objects.standing().filter(organization__code="DB01-03").exists()
    world.found(("DB01-03", "CBTT", "DB01"), on=date(2018, 8, 1))
    assert Organization.objects.standing().filter(code="DB01-03").count() == 1


def test_what_the_undoing_would_break_is_named(world):
    """The cell cannot go back below a section committee that has ended since."""
    world.move("DB03-01", "DB03", DAY)
    move = last()
    world.merge("BP01", "DB03", {}, date(2018, 7, 1))
    with refused(
        "Không hủy được, vì khi đó: Tổ chức DB03-01: cấp trên không hoạt động suốt từ 01/01/2015 đến nay.",
    ):
        take_back(world, move)


def test_what_others_may_not_learn_of_is_named_in_its_own_words(world, monkeypatch):
    def letters():
        if not Membership.objects.standing().filter(organization__code="DB02-01", starts=DAY).exists():
            yield Finding("Hồ sơ đơn thư số 1: có kết quả mà chưa giải quyết xong.", told_as="một việc đã ghi")

    monkeypatch.setattr(soundness, "CHECKS", [soundness.Check("Đơn thư", letters)])
    world.transfer("An", "DB02-01", DAY)
    with refused("Không hủy được, vì khi đó: một việc đã ghi không còn đúng. Hãy hỏi nơi đã ghi."):
        take_back(world)


def test_what_was_typed_on_a_sheet_comes_back_with_its_cell(world):
    desk = Desk(world, 2018)
    desk.rate(Phúc=2)
    sheet = Sheet.objects.get(organization__code="CB01", voided__isnull=True)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    assert not Sheet.objects.standing().filter(organization__code="CB01").exists()
    take_back(world)
    assert Sheet.objects.get(organization__code="CB01", voided__isnull=True) == sheet
    line = MemberRating.objects.get(sheet=sheet, voided__isnull=True)
    assert (line.member.full_name, line.proposed, line.on_roll) == ("Lê Phúc", 2, True)


def test_an_act_that_changes_rows_in_place_has_its_own_way_back(world):
    Desk(world, 2018)
    with refused("Việc “Mở kỳ xếp loại năm 2018” không hủy cả việc được; hãy ghi điều chỉnh."):
        take_back(world)


def test_two_organizations_merged_in_one_act_come_back_in_one(world):
    before = seen(world, DAY)
    org = world.org
    merge(
        [org["CB01"], org["CB02"]],
        org["DB01"],
        cells={org["CB01"]: org["DB01-01"], org["CB02"]: org["DB01-02"]},
        **world.act(DAY),
    )
    take_back(world)
    assert seen(world, DAY) == before
