from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import history, lineage
from .frame import frame


@require_safe
def organization(request, code, year):
    """Profile: its place in the tree, those below it, its history."""
    page = frame(request.user, code, year)
    context = page.context("organization") | {
        "children": lineage.children(page.organization, page.day),
        "history": history.events(page.organization),
        "tab": "organization",
    }
    return render(request, "organizations/profile.html", context)
