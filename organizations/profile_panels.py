"""Panels of an organization's profile that higher floors bring: each asks what only its floor knows."""

from collections.abc import Callable
from typing import Any

from ledger.hooks import Hook
from ledger.models import User

from .frame import Frame

# Callables (user, Frame) that give the context of one panel with its "template", or None where there is nothing to say.
PANELS: Hook[Callable[[User, Frame], dict[str, Any] | None]] = Hook("organizations.profile_panels.PANELS", "user, page")


def panels(user: User, page: Frame) -> list[dict[str, Any]]:
    return [context for panel in PANELS if (context := panel(user, page))]
