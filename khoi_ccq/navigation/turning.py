"""Turning from an organization to another without leaving the page one reads."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.views.decorators.http import require_safe

from organizations import lineage
from organizations.frame import Frame, frame
from organizations.models import OrganizationSpell

KEPT = {"code", "year", "period", "group"}  # what an address may name for the same page to be there elsewhere
FEW = 12  # so many are taken in at a glance; more are searched


@require_safe
def turn(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Organizations to turn to from `code`, each opening the page of `tu` there; asked by htmx, the list alone."""
    page = frame(request.user, code, year)
    name, values = _page_of(request.GET.get("tu", ""), page)
    groups = [
        (words, [(spell, reverse(name, kwargs=values | {"code": spell.organization.code})) for spell in spells])
        for words, spells in _groups(page)
        if spells
    ]
    context = page.context() | {"groups": groups, "many": sum(len(rows) for _, rows in groups) > FEW}
    template = "partials/others.html" if request.htmx else "khoi_ccq/turn.html"
    return render(request, template, context)


def _page_of(path: str, page: Frame) -> tuple[str, dict[str, Any]]:
    """(name of the URL of `path`, what it names); the dashboard where that cannot be the page of another organization."""
    try:
        match = resolve(urlsplit(path).path)
    except (Resolver404, ValueError):
        match = None
    if match is None or not is_kept(match):
        return "dashboard", {"code": page.organization.code, "year": page.year}
    return match.url_name, match.kwargs


def is_kept(match: ResolverMatch) -> bool:
    """Whether the page an address was matched to may be there for another organization."""
    return "code" in match.kwargs and match.kwargs.keys() <= KEPT


def _groups(page: Frame) -> list[tuple[str, list[OrganizationSpell]]]:
    above = [spell for spell in page.path[:-1] if spell.organization_id in page.visible]
    beside = lineage.children(above[-1].organization, page.day) if above and above[-1] == page.path[-2] else []
    below = lineage.children(page.organization, page.day)
    return [("Cấp trên", above), ("Trực thuộc", below), ("Cùng cấp", beside)]
