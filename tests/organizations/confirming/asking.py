"""Offices as they are given and asked for, and what a leader is told of them."""

from ledger.models import User
from organizations import confirming
from organizations.appoint import NewOffice
from tests.world import TODAY


def row(world, user, role="INSPECTION", code="K"):
    return NewOffice(user=user, role=role, organization=world.org[code])


def ask(world, user, **more):
    return confirming.propose(row(world, user, **more), by=user, on=TODAY)


def anew(user):
    """As the next request finds the account."""
    return User.objects.get(pk=user.pk)


def told(user):
    return [(n.user.username, n.role, n.organization.code) for n in confirming.notices_for(anew(user))]
