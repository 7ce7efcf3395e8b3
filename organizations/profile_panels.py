"""Panels of an organization's profile that higher floors bring: each asks what only its floor knows."""

from ledger.hooks import Hook

# Callables (user, Frame) that give the context of one panel with its "template", or None where there is nothing to say.
PANELS = Hook("organizations.profile_panels.PANELS", "user, page")


def panels(user, page):
    return [found for panel in PANELS if (found := panel(user, page))]
