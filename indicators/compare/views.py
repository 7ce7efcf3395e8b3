from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.frame import frame

from . import page as comparison


@require_safe
def compare(request, code, year):
    """Organizations, or years of one, side by side."""
    page = frame(request.user, code, year)
    context = page.context() | comparison.context(request.user, page, request.GET)
    return render(request, "indicators/compare/compare.html", context)
