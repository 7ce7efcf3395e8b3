import pytest

from tests.hand import signed_in_as
from tests.kept import kept
from tests.ratings.desk import Desk
from tests.ratings.history.of_2017 import LEVELS
from tests.world import World


@pytest.fixture
def desk(db):
    return kept(locked)


def locked():
    """2017, locked: Bình was absent, everybody and everything else stands at the second level."""
    world = kept(World)
    desk = Desk(world, 2017)
    desk.decide_all(Bình="vang_mat")
    desk.accept()
    desk.rate_organizations(**LEVELS)
    desk.lock()
    return desk


@pytest.fixture
def signed_in(desk):
    return lambda role, code: signed_in_as(desk.world.user(role, code))


@pytest.fixture
def department(signed_in):
    return signed_in("ORGANIZATION", "K")
