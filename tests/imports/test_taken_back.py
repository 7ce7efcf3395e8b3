"""Who brought a file takes it back on its page, of each kind about people."""

from datetime import date

import pytest

from imports.runs import store
from members.models import Admission, Membership, Officialization, Post
from tests.imports.by_file import written
from tests.imports.test_queries import people, posts

ON = date(2018, 6, 1)


def stands():
    return [model.objects.standing().count() for model in (Admission, Membership, Officialization, Post)]


@pytest.mark.parametrize(
    ("kind", "rows", "before"),
    [
        ("dang-vien", people, None),
        ("ket-nap", lambda n: people(n, year=2017), None),
        ("ket-nap", lambda n: people(n, official="03/02/2018", year=2017), lambda n: people(n, year=2017)),
        ("chuc-vu", posts, people),
    ],
)
def test_who_brought_a_file_takes_it_back(world, kind, rows, before):
    office = world.user("ORGANIZATION", "K")
    if before:
        written("dang-vien" if kind == "chuc-vu" else kind, before(3), office, on=date(2017, 3, 1))
    then = stands()
    run = written(kind, rows(3), office, on=ON).run
    assert stands() != then
    store.take_back(run, by=office, reason="Nhầm tệp")
    assert stands() == then
