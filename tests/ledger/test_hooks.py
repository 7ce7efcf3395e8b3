"""Who is asked and told beside a verb: in one order in every process, and printed for who wants to know."""

from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from ledger.hooks import HOOKS, Hook


def test_each_is_found_where_it_says():
    for hook in HOOKS:
        module, _, name = hook.name.rpartition(".")
        assert getattr(import_module(module), name) is hook


def test_who_follows_stands_in_the_order_of_the_floors():
    floors = [config.name for config in apps.get_app_configs()]
    for hook in HOOKS:
        order = [floors.index(function.__module__.split(".")[0]) for function in hook]
        assert order == sorted(order) and order


def test_a_function_is_added_once_and_the_order_is_kept(monkeypatch):
    monkeypatch.setattr("ledger.hooks.HOOKS", [])
    hook = Hook("here", "act")
    hook.add(len, repr)
    hook.add(abs)
    assert list(hook) == [len, repr, abs]
    with pytest.raises(ValueError, match="repr"):
        hook.add(repr)


def test_the_command_prints_them_all():
    call_command("hooks", stdout=(out := StringIO()))
    lines = out.getvalue().splitlines()
    assert [line.split("(")[0] for line in lines if not line.startswith(" ")] == [hook.name for hook in HOOKS]
    where = lines.index("members.register.places.FOLLOWERS(members, change)")
    assert lines[where + 1].startswith("    members.life.offers.lapse: ")
