from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.board import board
from organizations.frame import frame

from . import page as indicator_page
from .rows import PARTS


@require_safe
def indicator(request, code, year, group):
    """One group of an organization: how it is computed, who contributes, the rows behind it."""
    page = frame(request.user, code, year)
    figures = board(page.organization, year, letters=page.sees_letters)
    line = next((x for x in figures.cards() if x.group.code == group), None)
    part = request.GET.get("hang", "tu-so")
    if line is None or part not in PARTS:
        raise Http404("Nhóm chỉ tiêu này không có ở tổ chức và năm đang xem.")
    context = page.context() | indicator_page.context(figures, line, page, part, request)
    return render(request, "indicators/figure/indicator.html", context)
