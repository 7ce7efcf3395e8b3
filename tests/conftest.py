import pytest
from hypothesis import settings

from tests.world import World

# One run is like the next: no example database, no clock, no luck.
settings.register_profile("house", derandomize=True, database=None, deadline=None)
settings.load_profile("house")


@pytest.fixture
def world(db):
    return World()
