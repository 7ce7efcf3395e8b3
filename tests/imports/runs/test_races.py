"""Two files, or a file and acts typed by hand, at once: one waits or is told; nothing is lost and nothing is written twice."""

from datetime import date

import pytest

from imports.kinds import admissions, members
from imports.models import ImportRun, RunState
from imports.runs import store
from ledger.models import Change
from members.models import Admission, Member, Membership
from members.register import arrivals
from tests.imports.by_file import answered, job, looked_at, table
from tests.imports.kinds import test_admissions, test_members
from tests.imports.kinds.test_members import HEADER, HOA, ON, TAM
from tests.members.register.test_writers import WRITERS, at_once
from tests.organizations.test_races import interleave
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")
CHANGED = "Số liệu trong hệ thống đã thay đổi từ lúc xem thử, nên chưa ghi gì. Hãy xem lại kết quả mới."
GONE = "Tệp này đã được ghi hoặc đã bỏ. Hãy mở lại trang Nhập dữ liệu."


def look(world, *rows, header=HEADER, kind="dang-vien", user=None):
    return looked_at(kind, table(header, *rows), user or world.user("ORGANIZATION", "K"), on=ON).run


def writing(run):
    said = job(run)
    return lambda: store.write(run, said)


def once(*names):
    """Each of `names` stands on one roll, once, and no row of the ledger is without its act."""
    for name in names:
        (member,) = Member.objects.standing().filter(full_name=name)
        assert Membership.objects.standing().filter(member=member).count() == 1
        assert Admission.objects.standing().filter(member=member).count() == 1


def test_the_same_file_is_written_by_several_at_once():
    world = World()
    runs = [look(world, HOA, TAM) for _ in range(WRITERS)]
    acts = Change.objects.count()
    results = at_once(*map(writing, runs))
    assert sorted(results) == sorted(["done"] + [CHANGED] * (WRITERS - 1))
    once("Trần Thị Hoa", "Bùi Tám")
    assert Change.objects.count() == acts + 1
    left = ImportRun.objects.exclude(state=RunState.DONE)
    assert [(run.state, run.report["counts"]) for run in left] == [(RunState.JUDGED, {"giu": 2})] * (WRITERS - 1)


def test_one_file_is_pressed_several_times_at_once():
    run = look(World(), HOA, TAM)
    said = job(run)
    results = at_once(*(lambda: store.write(ImportRun.objects.get(pk=run.pk), said) for _ in range(WRITERS)))
    assert sorted(results) == sorted(["done"] + [GONE] * (WRITERS - 1))
    once("Trần Thị Hoa", "Bùi Tám")


def test_two_files_of_different_people_are_both_written():
    world = World()
    results = at_once(writing(look(world, HOA)), writing(look(world, TAM)))
    assert results == ["done", "done"]
    once("Trần Thị Hoa", "Bùi Tám")


def test_two_who_say_alike_of_a_namesake_write_one_person():
    """Both say that the row is about another than An; only the first of them brings that other."""
    world = World()
    row = ("Lê An", "Nữ", "15/06/1980", "Kinh", "", "DB02-01", *HOA[6:])
    looks = [looked_at("dang-vien", table(HEADER, row), world.user("ORGANIZATION", "K"), on=ON) for _ in range(2)]
    results = at_once(*(writing(answered(one, row_2="khac").run) for one in looks))
    assert sorted(results) == sorted(["done", CHANGED])
    assert Member.objects.filter(full_name="Lê An").count() == 2


def hand_typed(world, others=frozenset()):
    row = world.newcomer("Trần Thị Hoa", "CB01", date(2017, 9, 20), born=date(1995, 2, 3), others=others)
    return lambda: arrivals.admit([row], **world.act(ON))


def test_a_file_and_a_hand_bring_the_same_person():
    world = World()
    run = look(world, test_admissions.HOA, header=test_admissions.HEADER, kind="ket-nap")
    results = at_once(writing(run), hand_typed(world))
    assert results.count("done") == 1, results
    assert CHANGED in results or "có thể đã được ghi: hồ sơ số" in results[1]
    once("Trần Thị Hoa")


@pytest.mark.parametrize(
    ("rows", "kind", "module", "inner"),
    [(test_admissions, "ket-nap", admissions, "take_in"), (test_members, "dang-vien", members, "bring")],
)
def test_who_is_typed_while_a_file_is_written_is_asked_about(monkeypatch, rows, kind, module, inner):
    world = World()
    run = look(world, rows.HOA, header=rows.HEADER, kind=kind)
    born = date(1995, 2, 3) if kind == "ket-nap" else date(1970, 2, 3)
    row = world.newcomer("Trần Thị Hoa", "CB01", date(2017, 9, 20), born=born, others=frozenset())
    outcome = interleave(monkeypatch, module, inner, writing(run), lambda: arrivals.admit([row], **world.act(ON)))
    assert outcome["first"] == "done"
    assert "có thể đã được ghi: hồ sơ số" in outcome["second"][0]
    once("Trần Thị Hoa")


def test_what_is_typed_between_the_look_and_the_press_is_told():
    world = World()
    run = look(world, test_admissions.HOA, header=test_admissions.HEADER, kind="ket-nap")
    hand_typed(world)()
    assert at_once(writing(run)) == [CHANGED]
    run.refresh_from_db()
    assert run.report["counts"] == {"hoi": 1}  # of the same name and birth, in another cell
