import pytest

from tests.hand import Hand


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))
