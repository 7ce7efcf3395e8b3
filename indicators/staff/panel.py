"""The staff of an organization on its profile (organizations/profile_panels.py)."""

from organizations.access import Keep

from .share import share_at


def panel(user, page):
    """Context of the panel; None for what has no staff of its own."""
    share = share_at(page.place, page.year, page.day)
    if share is None:
        return None
    return {"template": "indicators/staff/panel.html", "share": share, "may_enter": page.may(Keep.STAFF)}
