import pytest

from ledger.models import User


@pytest.fixture
def one(world):
    return User.objects.create_superuser("quan-tri", display_name="Quản trị một")


@pytest.fixture
def other(world):
    return User.objects.create_superuser("quan-tri-2", display_name="Quản trị hai")
