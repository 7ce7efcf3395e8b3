"""When an act makes sense for a person today: conditions on their Standing `s`."""

from members.register.ways_back import WAYS_BACK

from . import forms


def on_roll(s):
    return s.on_roll


def on_probation(s):
    return s.on_probation


def official(s):
    return s.on_roll and not s.on_probation


def not_offered(s):
    return s.on_roll and s.offer is None


def reaches_another_cell(s):
    return s.on_roll and bool(forms.cells_within_reach(s) - {s.cell.pk})


def keeps_posts(s):
    return s.on_roll and bool(forms.line_kept(s))


def holds_post(s):
    return bool(s.posts) and bool(forms.posts_kept(s))


def in_state(kind):
    return lambda s: s.on_roll and kind in s.statuses


def not_in_state(kind):
    return lambda s: s.on_roll and kind not in s.statuses


def gone(entry):
    return lambda s: not s.on_roll and entry in WAYS_BACK.get(s.spell.exit, ())
