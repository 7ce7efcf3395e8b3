import pytest

from .desk import Desk


@pytest.fixture
def desk(world):
    return Desk(world)
