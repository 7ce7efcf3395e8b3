"""Files of ratings, accounts, organizations, targets and of the national database beside what is typed by hand, and twice at
once: one waits or is told; nothing is lost and nothing is written twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import ModuleType

import pytest

from imports.models import RunState
from imports.runs import going_through, store
from indicators.models import Target
from indicators.targets import targets
from ledger.models import Change, Document, User
from ledger.web.forms import LightActForm, attempt
from members.models import Amendment, Member
from members.records import amendments
from members.register import arrivals
from organizations import lineage, reorganize
from organizations.accounts import opening
from organizations.accounts.opening import NewAccount
from organizations.models import Appointment, Organization
from ratings.models import MemberRating, State
from ratings.sheets import draft
from tests.imports.by_file import answered, job, looked_at, table
from tests.imports.kinds import (
    test_accounts,
    test_organizations,
    test_papers_of_rows,
    test_ratings,
    test_reconciliation,
    test_targets,
)
from tests.imports.runs.test_races import CHANGED, writing
from tests.indicators.board import indicator, set_groups
from tests.members.register.test_writers import WRITERS, at_once
from tests.organizations.test_races import interleave
from tests.ratings.desk import Desk
from tests.world import TODAY, World

pytestmark = pytest.mark.usefixtures("committed")


@dataclass
class Beside:
    """A file, and an act typed by hand, that write of the same. `pause`: where the act stands in its middle; `told`: what its
    hand is told, in part, once the file is written; `stands`: what is written then, by "file" or by "hand".
    """

    look: Callable[[], store.ImportRun]
    hand: Callable[[], object]
    pause: tuple[ModuleType, str]
    told: str
    stands: Callable[[], object]
    of_file: object
    of_hand: object


def ratings():
    """Lê An: 2 by the file, with her whole cell; 3 by hand."""
    world = World()
    desk, office = Desk(world), world.user("ORGANIZATION", "K")
    rows = table(test_ratings.HEADER, *test_ratings.rows(cells=["DB01-01"]))

    def stands():
        lines = MemberRating.objects.standing().filter(period=desk.period, member=world.people["An"])
        return [(line.proposed, line.decided) for line in lines], desk.state("DB01-01")

    return Beside(
        look=lambda: looked_at("xep-loai", rows, office, on=test_ratings.ON, **test_ratings.PAPER).run,
        hand=lambda: desk.rate(An=3),
        pause=(draft, "rate_within"),
        told="đã tiếp nhận, không còn sửa được",
        stands=stands,
        of_file=([(2, 2)], State.ACCEPTED),
        of_hand=([(3, None)], State.DRAFT),
    )


def accounts():
    """The secretary of CB01: by the file under the name that the rule gives, by hand under another."""
    world = World()
    one = User.objects.create_superuser("quan-tri", display_name="Quản trị một")
    rows = table(test_accounts.HEADER, ("CB01", "Bí thư", "Phạm Thị Mẫu", "", ""))
    new = NewAccount(username="chi-bo-1", display_name="Lý Văn Mẫu", role="SECRETARY", code="CB01")
    return Beside(
        look=lambda: looked_at("tai-khoan", rows, one, on=TODAY).run,
        hand=lambda: opening.open_accounts([new], **world.act()),
        pause=(opening, "judge_accounts"),
        told="Vai trò ở CB01 đã có Phạm Thị Mẫu",
        stands=lambda: [row.user.username for row in Appointment.objects.standing().filter(organization__code="CB01")],
        of_file=["bithu.cb01"],
        of_hand=["chi-bo-1"],
    )


def organizations():
    """CB03: the code that the file is shown to give, and that is typed by hand."""
    world = World()
    office = world.user("ORGANIZATION", "K")
    rows = table(test_organizations.HEADER, ("", "Chi bộ Đúng", "Chi bộ cơ sở", "", ""))
    on = test_organizations.ON

    def stands():
        assert lineage.differences() == (set(), set())
        return [spell.name for spell in lineage.places(TODAY).filter(organization__code="CB03")]

    return Beside(
        look=lambda: looked_at("to-chuc", rows, office, on=on).run,
        hand=lambda: world.found(("CB03", "CBCS", "K"), on=on),
        pause=(reorganize, "reshape"),
        told="đã có. Hãy chọn mã khác",
        stands=stands,
        of_file=["Chi bộ Đúng"],
        of_hand=["Tổ chức CB03"],
    )


def grid_of_targets():
    """The bloc's admissions: 115 by the file, 110 in a grid that was opened while none was set."""
    world = World()
    set_groups(world, 2017, 2018)
    office, place = world.user("ORGANIZATION", "K"), (indicator("KN", 2018), world.org["K"])
    rows = table(test_targets.HEADER, ("K", "115", "", ""))
    return Beside(
        look=lambda: looked_at("chi-tieu", rows, office, on=test_targets.ON, **test_targets.PAPER).run,
        hand=lambda: targets.set_targets({place: 110}, instead_of={place: None}, **world.act()),
        pause=(targets, "_write"),
        told="vừa được người khác thay",
        stands=lambda: [row.value for row in Target.objects.standing()],
        of_file=[115],
        of_hand=[110],
    )


def reconciliation():
    """What Lê An does for a living: accepted out of the file, and typed on her record as it was opened."""
    world = World()
    an, office = world.people["An"], world.user("ORGANIZATION", "K")
    opened = {an: amendments.texts(an)}
    rows = table(test_reconciliation.HEADER, test_reconciliation.AN)

    def look():
        brought = looked_at("doi-chieu", rows, office, on=test_reconciliation.ON)
        return answered(brought, row_2="nghe_nghiep").run

    def hand():
        amendments.amend({an: {"occupation": "Kế toán"}}, opened=opened, **world.act(reason="Xem lý lịch"))

    def stands():
        said = [row.after for row in Amendment.objects.standing().filter(member=an)]
        return Member.objects.get(pk=an.pk).occupation, said

    return Beside(
        look=look,
        hand=hand,
        pause=(amendments, "amend_within"),
        told="vừa được người khác sửa",
        stands=stands,
        of_file=("Chuyên viên", ["Chuyên viên"]),
        of_hand=("Kế toán", ["Kế toán"]),
    )


BESIDE = pytest.mark.parametrize("made", [ratings, accounts, organizations, grid_of_targets, reconciliation])


def told_of(outcome, who):
    return outcome[who] if outcome[who] == "done" else " ".join(outcome[who])


@BESIDE
def test_at_once_one_of_the_two_is_told(made):
    both = made()
    run = both.look()
    file, hand = at_once(writing(run), both.hand)
    assert [file, hand].count("done") == 1, (file, hand)
    if file == "done":
        assert both.told in hand and both.stands() == both.of_file, (hand, both.stands())
    else:
        assert file == CHANGED and both.stands() == both.of_hand, (file, both.stands())


@BESIDE
def test_what_is_typed_while_a_file_is_written_is_told(monkeypatch, made):
    both = made()
    outcome = interleave(monkeypatch, going_through, "_go_through", writing(both.look()), both.hand)
    assert told_of(outcome, "first") == "done", outcome
    assert both.told in told_of(outcome, "second"), outcome
    assert both.stands() == both.of_file


@BESIDE
def test_a_file_that_comes_while_something_is_typed_is_told_and_then_shows_it(monkeypatch, made):
    both = made()
    run = both.look()
    outcome = interleave(monkeypatch, *both.pause, both.hand, writing(run))
    assert outcome == {"first": "done", "second": [CHANGED]}
    assert both.stands() == both.of_hand
    run.refresh_from_db()
    assert run.state == RunState.JUDGED and run.report["seal"] != ""


def several(kind, rows, users, **given):
    return [looked_at(kind, table(*rows), user, **given).run for user in users]


def test_the_same_accounts_are_made_by_several_at_once():
    World()
    users = [User.objects.create_superuser(f"quan-tri-{n}") for n in range(WRITERS)]
    runs = several("tai-khoan", test_accounts.ROWS, users, on=TODAY)
    acts = Change.objects.count()
    results = at_once(*map(writing, runs))
    assert sorted(results) == sorted(["done"] + [CHANGED] * (WRITERS - 1))
    assert len(test_accounts.offices()) == Appointment.objects.standing().count() == 5
    assert Change.objects.count() == acts + 1
    left = store.ImportRun.objects.filter(state=RunState.JUDGED)
    assert [run.report["counts"] for run in left] == [{"giu": 5}] * (WRITERS - 1)


def test_two_files_give_one_name_to_two_offices():
    World()
    users = [User.objects.create_superuser(f"quan-tri-{n}") for n in range(2)]
    one, two = (
        looked_at("tai-khoan", table(test_accounts.HEADER, (code, "Bí thư", "", "van-thu", "")), user, on=TODAY).run
        for code, user in zip(("CB01", "CB02"), users, strict=True)
    )
    results = at_once(writing(one), writing(two))
    assert sorted(results) == sorted(["done", CHANGED])
    (account,) = User.objects.filter(username="van-thu")
    assert Appointment.objects.standing().filter(user=account).count() == 1
    (left,) = store.ImportRun.objects.filter(state=RunState.JUDGED)
    assert left.report["counts"] == {"loi": 1}
    assert "van-thu đã có người dùng" in left.report["rows"][0]["faults"][0][2]


def test_the_same_organizations_are_founded_by_several_at_once():
    world = World()
    rows = [
        test_organizations.HEADER,
        ("", "Chi bộ Một", "Chi bộ trực thuộc", "Đảng bộ Sở Y tế", ""),
        ("", "Đảng bộ Sở Y tế", "Đảng bộ cơ sở", "", ""),
        ("DB01", "Tên mới", "", "", ""),
    ]
    users = [world.user("ORGANIZATION", "K") for _ in range(WRITERS)]
    runs = several("to-chuc", rows, users, on=test_organizations.ON)
    known = Organization.objects.standing().count()
    results = at_once(*map(writing, runs))
    assert sorted(results) == sorted(["done"] + [CHANGED] * (WRITERS - 1))
    assert Organization.objects.standing().count() == known + 2
    names = lineage.places(TODAY).values_list("name", flat=True)
    assert [list(names).count(name) for name in ("Chi bộ Một", "Đảng bộ Sở Y tế", "Tên mới")] == [1, 1, 1]
    assert lineage.differences() == (set(), set())


def test_two_files_that_were_shown_one_code_for_two_organizations_give_it_once():
    """Each was shown CB03. Who comes second is told, shown CB04, and writes that."""
    world = World()
    one, two = (
        looked_at("to-chuc", table(test_organizations.HEADER, ("", name, "Chi bộ cơ sở", "", "")), user, on=TODAY).run
        for name, user in ((name, world.user("ORGANIZATION", "K")) for name in ("Chi bộ Một", "Chi bộ Hai"))
    )
    results = at_once(writing(one), writing(two))
    assert sorted(results) == sorted(["done", CHANGED])
    left = store.ImportRun.objects.get(state=RunState.JUDGED)
    store.write(left, job(left))
    new = lineage.places(TODAY).filter(organization__code__in=["CB03", "CB04"])
    assert {spell.name for spell in new} == {"Chi bộ Một", "Chi bộ Hai"} and len(new) == 2


def test_targets_of_a_file_and_of_the_grid_for_others_are_both_set():
    world = World()
    set_groups(world, 2017, 2018)
    rows = table(test_targets.HEADER, ("K", "115", "", ""))
    run = looked_at("chi-tieu", rows, world.user("ORGANIZATION", "K"), on=test_targets.ON, **test_targets.PAPER).run
    place = (indicator("KN", 2018), world.org["DB02"])
    results = at_once(writing(run), lambda: targets.set_targets({place: 4}, instead_of={place: None}, **world.act()))
    assert results == ["done", "done"]
    assert test_targets.standing() == {("K", "KN"): 115, ("DB02", "KN"): 4}


def test_a_paper_that_a_form_and_the_rows_of_a_file_mention_first_holds_up_neither(monkeypatch):
    """Whoever types has told of the paper and is about to write; the file, whose rows tell of it too, comes in between."""
    world = World()
    office = world.user("ORGANIZATION", "K")
    hoa = test_papers_of_rows.HOA
    rows = table(test_papers_of_rows.ADMISSIONS, hoa)
    run = looked_at("ket-nap", rows, office, on=test_papers_of_rows.ON, **test_papers_of_rows.FILE).run
    number, day, issuer = hoa[-3:]
    form = LightActForm({"tu_ngay": "03/02/2017", "so": number, "ngay": day, "co_quan": issuer})
    row = world.newcomer("Vũ Xuân", "CB01", date(2017, 2, 3))
    outcome = interleave(
        monkeypatch,
        LightActForm,
        "act",
        lambda: attempt(form, lambda: arrivals.admit([row], **form.act(world.by))),
        writing(run),
    )
    assert outcome == {"first": "done", "second": "done"} and not form.errors, (outcome, form.errors)
    assert Document.objects.filter(number=number).count() == 1
    assert Member.objects.standing().filter(full_name__in=["Vũ Xuân", "Trần Hoa"]).count() == 2
