import pytest

from tests.hand import signed_in_as
from tests.ratings.desk import Desk
from tests.ratings.sheets.page.form import PASSWORD


@pytest.fixture
def desk(world):
    """The open year 2018 of the small world; DB01-01 holds An and Bình."""
    return Desk(world, 2018)


@pytest.fixture
def signed_in(desk):
    def client(role, code):
        user = desk.world.user(role, code)
        user.set_password(PASSWORD)
        user.save()
        return signed_in_as(user)

    return client


@pytest.fixture
def secretary(signed_in):
    return signed_in("SECRETARY", "DB01-01")
