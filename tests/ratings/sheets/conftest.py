import pytest

from tests.ratings.sheets.correcting import LEVELS


@pytest.fixture
def locked(desk):
    """An is excellent, Bình was absent; everyone else, and every organization, at the second level."""
    desk.decide_all(An=1, Bình="vang_mat")
    desk.accept()
    desk.rate_organizations(**LEVELS)
    desk.lock()
    return desk
