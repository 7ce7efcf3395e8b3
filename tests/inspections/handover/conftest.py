"""The small world after its bloc ended."""

import pytest

from tests.inspections.handover.ended_bloc import end


@pytest.fixture
def ended(world):
    return end(world)
