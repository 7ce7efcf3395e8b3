"""Every act about a member or about those picked, sent twice at the same moment: it is done once."""

import pytest

from members.actions.table import ERRANDS
from members.models import Post
from members.people import selection
from tests.field.sent_twice.ground import PAPER, SentGround, told_once
from tests.field.sent_twice.people import SELECTED
from tests.members.actions import deeds

pytestmark = pytest.mark.usefixtures("committed")


def test_every_act_on_those_picked_has_a_row():
    assert set(SELECTED) == set(selection.FORMS)


@pytest.mark.parametrize("key", ERRANDS)
def test_an_act_about_a_member_sent_twice_is_done_once(key):
    ground = SentGround()
    deeds.live(ground.world)
    name, typed, _ = deeds.DONE[key]
    typed = {"tu_ngay": deeds.DAY, "ly_do": "Như văn bản", **PAPER, **typed}
    if key == "thoi-chuc-vu":
        typed["chuc_vu"] = Post.objects.get().pk
    role = deeds.role_of(key).lower()
    told_once(ground.users[role], deeds.address(ground.world, name, key), typed)
