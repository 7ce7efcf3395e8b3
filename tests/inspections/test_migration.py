"""Letters recorded before they had an identity: each chain of versions becomes one."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

chains = import_module("inspections.migrations.0002_inspection_register").chains


def row(pk, number, added, voided=None):
    return SimpleNamespace(
        pk=pk, number=number, organization_id=1, received_on=date(2017, 3, 1), added_id=added, voided_id=voided
    )


def test_versions_follow_the_act_that_wrote_them_anew():
    rows = [row(1, "a", 10, 11), row(2, "b", 10, 12), row(3, "a", 11, 13), row(4, "b", 12), row(5, "a", 13)]
    assert [[r.pk for r in chain] for chain in chains(rows)] == [[1, 3, 5], [2, 4]]


def test_two_letters_alike_stay_two():
    rows = [row(1, "a", 10, 12), row(2, "a", 10, 12), row(3, "a", 12), row(4, "a", 12), row(5, "a", 13)]
    assert [[r.pk for r in chain] for chain in chains(rows)] == [[1, 3], [2, 4], [5]]


def test_what_was_taken_back_has_no_next_version():
    rows = [row(1, "a", 10, 11), row(2, "a", 12)]
    assert [[r.pk for r in chain] for chain in chains(rows)] == [[1], [2]]
