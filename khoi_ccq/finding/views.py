from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from khoi_ccq.context import site

from .page import FindPage, PaperPage

UNDER_THE_BOX = "tim-thay"  # id of the list that the box asks for while one types


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """What the words of `tim` find; asked by the box while one types, the list under it alone."""
    page = FindPage(request.user, request.GET, site(request))
    if request.htmx and request.htmx.target == UNDER_THE_BOX:
        return render(request, "khoi_ccq/finding/suggested.html", page.suggested())
    return render(request, "khoi_ccq/finding/find.html", page.context())


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A document with what rests on it, as far as the reader may see it."""
    return render(request, "khoi_ccq/finding/paper.html", PaperPage(request.user, pk, request.GET).context())
