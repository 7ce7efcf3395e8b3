"""What every template may draw of the site itself: its navigation, the way to another organization, its icons."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse

from khoi_ccq.help.about import about
from khoi_ccq.navigation.places import Spot, offered, places, spot_of
from khoi_ccq.navigation.turning import is_kept
from ledger.web import marks
from ledger.web.admin_names import called

register = template.Library()
register.filter("called", called)
register.simple_tag(marks.icon)
register.simple_tag(marks.chip)


@register.inclusion_tag("partials/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """The places with the one the page is in, what is inside that one, and what is the reader's own."""
    values = context.flatten()
    spot = spot_of(values)
    shared = {
        name: values.get(name)
        for name in ("user", "office", "owes_ratings", "request", "csrf_token", "sought_text", "this_browser")
    }
    name = _name_of(values.get("request"))
    return shared | _menu(spot, name) | {"opened": name}


def _menu(spot: Spot | None, name: str) -> dict[str, Any]:
    if spot is None:
        return {"places": [], "inside": []}
    place = next((place for place in places(spot) if place.page_of(name)), None)
    page = place and place.page_of(name)
    return {
        "places": [(each, each.pages[0].address(spot), each is place) for each in places(spot)],
        "place": place,
        "inside": [(each.label, each.address(spot), each.opens == page.opens) for each in offered(place, spot)]
        if place and page
        else [],
    }


@register.inclusion_tag("khoi_ccq/help/foot.html", takes_context=True)
def help_foot(context: Context) -> dict[str, Any]:
    """The part of the guide that is about the page."""
    values = context.flatten()
    return {"about": about(_name_of(values.get("request")), values.get("office"))}


def _name_of(request: HttpRequest | None) -> str:
    """The name of the URL that answers; "" where none does, and for pages of the administration."""
    match = getattr(request, "resolver_match", None)
    return (match.url_name or "") if match and not match.namespace else ""


@register.simple_tag(takes_context=True)
def way_to_others(context: Context) -> str:
    """Address of the list from which another organization is chosen for this page; "" where there is none to choose."""
    spot, request = spot_of(context.flatten()), context["request"]
    if spot is None or spot.frame is None or spot.of_one_cell or not is_kept(request.resolver_match):
        return ""
    return reverse("turn", args=[spot.code, spot.year], query={"tu": request.path})
