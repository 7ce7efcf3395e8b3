from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.frame import frame

from . import tree as trees
from .forms import TreeForm


@require_safe
def tree(request, code, year):
    """The tree below an organization as it stood on a day of the year, its last unless asked."""
    asked = TreeForm(request.GET, year=year)
    page = frame(request.user, code, year, asked.day)
    root = trees.tree(page, request.user)
    context = page.context("organization") | {"asked": asked, "root": root, "tab": "tree", "turns": trees.turns(page)}
    if root:
        shown, found = trees.searched(root, asked.text)
        context |= {"shown": shown, "found": found, "sums": trees.sums(root)}
    return render(request, "members/tree.html", context)
