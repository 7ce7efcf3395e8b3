"""Who records what happened to members, and members to whom much has happened."""

import pytest

from tests.hand import signed_in_as
from tests.members.actions.deeds import live


@pytest.fixture
def as_(world):
    """A function: the browser of a new holder of the role."""

    def give(role, code="K"):
        return signed_in_as(world.user(role, code))

    return give


@pytest.fixture
def lived(world):
    return live(world)
