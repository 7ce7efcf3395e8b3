from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .page import LookPage


@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Each component once, for who makes a screen or looks whether one is right."""
    return render(request, "khoi_ccq/look/look.html", LookPage().context())
