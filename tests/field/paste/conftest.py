"""The sheet of a cell into which something is pasted."""

import pytest

from tests.ratings.desk import Desk
from tests.world import TODAY


@pytest.fixture
def desk(world):
    """The open year 2018; DB01-01 holds Lê An, Võ Bình and those enrolled here."""
    world.enroll("Nguyễn Văn Hải", "DB01-01", TODAY)
    world.enroll("Lê Anh Xuân", "DB01-01", TODAY)
    world.enroll("Nguyễn Bích Ánh", "DB01-01", TODAY)
    return Desk(world, 2018)
