"""Whose record is open to a writer is asked of the members asked about, never of the whole register.

Inside an act that has just written thousands PostgreSQL has no figures of them: a condition that gathers the last spells of
everybody, held against the few, took it minutes. What is asked, and not how long it takes, is held here.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Exit, Membership
from members.visibility import open_to_writer
from tests.world import TODAY


def asked(user, members):
    """(ids found, the statement that reads the spells)"""
    with CaptureQueriesContext(connection) as captured:
        found = open_to_writer(user, members)
    (statement,) = (q["sql"] for q in captured if 'FROM "members_membership"' in q["sql"])
    return found, statement


def sees(user, member):
    """Naively: the last spell of `member` is at the committee of `user` or below it."""
    last = Membership.objects.standing().filter(member=member).order_by("starts").last()
    return last.organization.code.startswith("DB01")


@pytest.fixture
def committee(world):
    world.leave("An", TODAY, Exit.DIED)
    return world.user("COMMITTEE", "DB01")


def test_who_is_found_is_whom_the_rule_finds(world, committee):
    people = world.people.values()
    naive = {member.pk for member in people if sees(committee, member)}
    assert naive and naive < {member.pk for member in people}
    assert asked(committee, {member.pk for member in people})[0] == naive


def test_nobody_is_gathered_to_be_held_against_the_few(world, committee):
    few = sorted(member.pk for member in world.people.values())[:2]
    _, statement = asked(committee, few)
    assert '"member_id" IN (SELECT' not in statement, statement
    assert all(str(pk) in statement.partition('"member_id" IN (')[2].partition(")")[0] for pk in few), statement


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL walks a table as small as a test's")
def test_the_spells_are_looked_up_and_not_walked(world, committee):
    _, statement = asked(committee, [member.pk for member in world.people.values()][:2])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        plan = [row[3] for row in cursor.fetchall()]
    assert [step for step in plan if step.startswith("SCAN") and "membership" in step] == [], plan
