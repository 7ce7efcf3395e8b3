from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from . import list_page
from .page import InspectionPage
from .plan_page import PlanPage


@read_or_send
def plan(request, code, year):
    """Puts an inspection into the plan, with its organizations."""
    page = PlanPage(request.user, frame(request.user, code, year), carry.sent(request))
    made = page.take() if request.method == "POST" else None
    if made:
        messages.success(request, f"Đã ghi: {made.title}.")
        return redirect(request.path) if "tiep" in request.POST else redirect("inspection", made.pk)
    return answer(request, "inspections/checks/plan.html", page.context(), fine=page.searching)


@read_or_send
def inspection(request, pk):
    """One inspection; what is sent is one act on it."""
    page = InspectionPage(request.user, pk, request.GET, carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("inspection", pk)
    return answer(request, "inspections/checks/inspection.html", page.context(), fine=page.errands.searching)


@require_safe
def subjects(request, code, year):
    """Every subject of the year by or of the organization and those below it."""
    page = frame(request.user, code, year)
    return render(request, "inspections/checks/list.html", list_page.subject_list(request.user, page, request))
