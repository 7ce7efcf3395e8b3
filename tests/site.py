"""The small world with figures, and someone signed in as each role."""

from datetime import date

import pytest
from django.test import Client

from inspections.letters.letters import ReceivedLetter, register_letters
from ledger.models import User
from tests.hand import signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.kept import kept
from tests.ratings.desk import Desk
from tests.world import World

OFFICES = {
    "secretary": ("SECRETARY", "DB01-01"),
    "committee": ("COMMITTEE", "DB01"),
    "organization": ("ORGANIZATION", "K"),
    "inspection": ("INSPECTION", "K"),
    "leader": ("LEADER", "K"),
}
ROLES = ["anonymous", "nobody", *OFFICES, "administrator"]


@pytest.fixture
def site(db):
    return kept(with_figures)


def letter_about(organization):
    """Received in 2017, resolved in time."""
    return ReceivedLetter(
        number="01/ĐT",
        organization=organization,
        received_on=date(2017, 3, 1),
        accepted_on=date(2017, 3, 5),
        due_on=date(2017, 6, 1),
        resolved_on=date(2017, 5, 1),
    )


def with_figures():
    """2016 and 2017 with groups; the ratings of 2017 locked; one admission, one letter about DB01, three targets."""
    world = kept(World)
    set_groups(world, 2016, 2017)
    set_targets(world, KN={"K": 1, "DB01": 1}, KN_TN={"K": 60}, DV_HTT={"K": 95})
    world.admit("Đặng Ủy", "DB01-01", date(2017, 5, 3), youth=True)
    register_letters([letter_about(world.org["DB01"])], **world.act())
    desk = Desk(world)
    desk.finish()
    desk.lock()
    return world


@pytest.fixture
def signed_in(site):
    """A function: the Client of a role."""

    def client(role):
        if role == "anonymous":
            return Client()
        goc = role == "administrator"
        user = User.objects.create_superuser("goc") if goc else site.user(*OFFICES.get(role, ()))
        return signed_in_as(user)

    return client
