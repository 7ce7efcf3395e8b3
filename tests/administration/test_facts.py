"""Facts are shown in the administration and not written; nothing is ever deleted; letters are not there."""

import pytest

from ledger.models import Change
from tests.administration.pages import ADDED_HERE, CHANGED_HERE, MODELS, text, url
from tests.world import TODAY

FACTS = [model for model in MODELS if model not in ADDED_HERE | CHANGED_HERE]


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model._meta.label)
def test_facts_are_refused_to_a_form(desk, rows, model):
    before = list(model._base_manager.order_by("pk").values())
    pk = before[0]["id"]
    assert desk.post(url(model, "add"), {"value": "99"}).status_code == 403
    assert desk.post(url(model, "change", pk), {"value": "99", "full_name": "Ai Đó"}).status_code == 403
    assert desk.post(url(model, "delete", pk), {"post": "yes"}).status_code == 403
    assert list(model._base_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("model", sorted(ADDED_HERE, key=lambda m: m._meta.label), ids=lambda m: m._meta.label)
def test_nothing_is_ever_deleted(desk, rows, model):
    pk = model._base_manager.first().pk
    count = model._base_manager.count()
    assert desk.post(url(model, "delete", pk), {"post": "yes"}).status_code == 403
    page = desk.post(url(model, "changelist"), {"action": "delete_selected", "_selected_action": [pk], "post": "yes"})
    assert page.status_code in (200, 302)
    assert model._base_manager.count() == count
    assert "Xóa" not in text(desk.get(url(model, "change", pk)))


def test_letters_are_not_for_the_administrator():
    assert not [model for model in MODELS if "letter" in model._meta.model_name]


def test_an_act_is_read_in_words(desk, world):
    world.transfer("An", "DB01-02", TODAY)
    act = Change.objects.latest("pk")
    page = text(desk.get(url(Change, "change", act.pk)))
    assert "Chuyển sinh hoạt chính thức" in page
    assert act.verb not in page
    assert page.count("Chi tiết") == 0
