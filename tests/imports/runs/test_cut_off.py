"""A file cut off at each write in turn, of every sort of row: nothing of it stands, the run says where it is, and it goes on."""

from datetime import date

import pytest

from imports.models import RunState
from imports.runs import store
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.models import Exit
from tests.faults.fault import Fault, breaking_at, everything, writes_of
from tests.imports.by_file import job, looked_at, table, written
from tests.imports.kinds import test_admissions, test_members, test_organizations
from tests.imports.kinds.test_admissions import but

ON = date(2017, 12, 31)


def a_tree(world, office):
    """Founded under one that is founded with it, renamed, moved."""
    return "to-chuc", [
        test_organizations.HEADER,
        ("", "Chi bộ Một", "Chi bộ trực thuộc", "Đảng bộ Sở Y tế", ""),
        ("", "Đảng bộ Sở Y tế", "Đảng bộ cơ sở", "", ""),
        ("DB01", "Tên mới", "", "", ""),
        ("DB01-02", "Tổ chức DB01-02", "", "DB02", ""),
    ]


def people(world, office):
    """Brought in, amended, left alone, refused."""
    return "dang-vien", [
        test_members.HEADER,
        test_members.HOA,
        (*test_members.TAM[:2], "13/13/1969", *test_members.TAM[3:]),
        ("Lê An", "", "15/06/1980", "Chăm", "", "DB01-01", "", "", "", "ĐH"),
        ("Võ Bình", "", "15/06/1980", "", "", "DB01-01", "", "", "", ""),
    ]


def ceremonies(world, office):
    """Admitted out of the pipeline, admitted again, with the paper for one over sixty; recognised."""
    hoa, tam = test_admissions.HOA, test_admissions.TAM
    written("ket-nap", table(test_admissions.HEADER, tam), office, on=ON)
    world.leave("An", date(2016, 3, 1), Exit.STRUCK)
    cell = world.org["DB01-01"]
    row = Recommendation(
        full_name="Trần Thị Hoa", sex="F", birth_date=date(1995, 2, 3), organization=cell, on=date(2016, 5, 2)
    )
    steps.recommend([row], **world.act())
    an = ("Lê", "An", "Nữ", "15/06/1980", "Kinh", "DB01-01", "25/01/2017", "03/02/2017", "", "Kết nạp lại", *[""] * 6)
    old = but(tam, c1="Tư", c3="1950", c11="12-CV/TU", c12="20/01/2017")
    return "ket-nap", [test_admissions.HEADER, hoa, an, old, but(tam, c10="19/05/2018")]


@pytest.mark.parametrize("rows_of", [a_tree, people, ceremonies])
def test_a_file_cut_off_at_any_write_leaves_nothing_behind_and_goes_on(world, rows_of):
    office = world.user("ORGANIZATION", "K")
    kind, rows = rows_of(world, office)
    given = {"dong_nguon": "on"} if kind == "ket-nap" else {}
    look = looked_at(kind, table(*rows), office, on=ON, **given)
    assert look.counts.get("hoi") is None and look.counts["tao"] and look.counts["sua"], look.rows
    run, said = look.run, job(look.run)
    before, writes = register(), writes_of(lambda: store.write(run, said))
    assert writes > len(rows)
    for n in range(1, writes):  # the first says that it is being written
        with breaking_at(n), pytest.raises(Fault):
            store.write(run, said)
        assert register() == before, n
    run.refresh_from_db()
    assert run.state == RunState.WRITING  # the page says so, and offers to go on
    assert store.write(run, said).state == RunState.DONE
    assert register() != before
    assert looked_at(kind, table(*rows), office, on=ON, **given).counts.keys() <= {"giu", "loi"}


def register():
    return {name: rows for name, rows in everything().items() if not name.startswith("imports_")}
