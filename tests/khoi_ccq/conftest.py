"""Who signs in."""

import pytest

from ledger.models import User

PASSWORD = "mot-cau-dai-kho-doan"


@pytest.fixture
def account(db):
    return User.objects.create_user("van-phong", password=PASSWORD)


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("quan-tri", password=PASSWORD)
