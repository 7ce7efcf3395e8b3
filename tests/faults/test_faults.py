"""Each verb fails at each of its writes in turn, and nothing is half done; then it succeeds."""

import pytest

from .fault import Fault, breaking_at, everything, writes_of
from .scenarios import SCENES
from .verbs import verbs

pytestmark = pytest.mark.django_db


def test_every_verb_has_its_scene():
    assert verbs() == SCENES.keys()


@pytest.mark.parametrize("verb", SCENES)
def test_a_fault_at_any_write_leaves_nothing_behind(world, verb):
    do = SCENES[verb](world)
    before = everything()
    writes = writes_of(do)
    assert writes > 1  # the act itself and what it does
    for n in range(writes):
        with breaking_at(n), pytest.raises(Fault):
            do()
        assert everything() == before, n
    do()
    assert everything() != before
