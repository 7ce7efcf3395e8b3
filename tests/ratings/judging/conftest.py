"""The desk at which the rules are tried."""

import pytest

from tests.ratings.desk import Desk


@pytest.fixture
def desk(world):
    """2018: all in DB01-01, one more there, so that the cell has three."""
    world.enroll("Lê Kiên", "DB01-01")
    return Desk(world, 2018)
