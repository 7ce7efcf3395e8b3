import pytest

from ledger.models import User
from tests.hand import signed_in_as

from .desk import Desk


@pytest.fixture
def desk(world):
    return Desk(world)


@pytest.fixture
def year(world):
    """2018, still open on 14/12/2018."""
    return Desk(world, 2018)


@pytest.fixture
def as_(world):
    """A function: the browser of a new holder of a role."""

    def client(role=None, code=None):
        user = User.objects.create_superuser("goc") if role == "ADMINISTRATOR" else world.user(role, code)
        return signed_in_as(user)

    return client
