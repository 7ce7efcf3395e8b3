from django.shortcuts import render

from . import history, lineage
from .frame import frame


def organization(request, code, year):
    """Profile: its place in the tree, those below it, its history."""
    page = frame(request.user, code, year)
    context = page.context("organization") | {
        "children": lineage.children(page.organization, page.day),
        "history": history.events(page.organization),
        "tab": "organization",
    }
    return render(request, "organizations/profile.html", context)
