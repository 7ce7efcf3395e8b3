"""The scenes of files that are written, and looked at."""

from imports.columns.layout import FileRows, Layout
from imports.kinds.registry import kind_of
from imports.runs import store
from imports.runs.going_through import carry_through
from tests.faults.scene import scene
from tests.imports.by_file import job, looked_at, table
from tests.imports.kinds.test_members import HEADER, HOA, TAM


@scene("imports.runs.going_through.carry_through")
def _(world):
    rows = [HEADER, HOA, TAM, ("Lê An", "", "15/06/1980", "Chăm", "", "DB01-01", "", "", "", "ĐH")]
    run = looked_at("dang-vien", table(*rows), world.user("ORGANIZATION", "K")).run
    kind, layout, seal = kind_of(run.kind), Layout.stored(run.layout), run.report["seal"]
    return lambda: carry_through(kind, job(run), FileRows(store.book_of(run), layout, kind.columns), seal)
