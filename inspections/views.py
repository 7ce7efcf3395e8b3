from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.access import require_letters
from organizations.frame import frame

from .checks.page import InspectionPage
from .checks.plan_page import PlanPage
from .handover.page import HandOverPage
from .letters.page import LetterPage, NewLetter
from .overview import page as overview_page


@require_safe
def overview(request, code, year):
    """The year of an organization: plan and work, finance checks, deadlines, discipline."""
    page = frame(request.user, code, year)
    context = overview_page.context(request.user, page, request.GET.get("ky_luat", ""))
    return render(request, "inspections/overview.html", context)


@require_safe
def subjects(request, code, year):
    """Every subject of the year by or of the organization and those below it."""
    page = frame(request.user, code, year)
    return render(request, "inspections/list.html", overview_page.subject_list(request.user, page, request))


@read_or_send
def plan(request, code, year):
    """Puts an inspection into the plan, with its organizations."""
    page = PlanPage(request.user, frame(request.user, code, year), carry.sent(request))
    made = page.take() if request.method == "POST" else None
    if made:
        messages.success(request, f"Đã ghi: {made.title}.")
        return redirect(request.path) if "tiep" in request.POST else redirect("inspection", made.pk)
    return answer(request, "inspections/plan.html", page.context(), fine=page.searching)


@read_or_send
def handover(request, code, year):
    """Hands over what the organizations that this one took over left open."""
    page = HandOverPage(request.user, frame(request.user, code, year), carry.sent(request))
    if request.method == "POST" and (n := page.take()):
        messages.success(request, f"Đã bàn giao {n} việc.")
        return redirect("inspections", code, year)
    return answer(request, "inspections/handover.html", page.context())


@read_or_send
def inspection(request, pk):
    """One inspection; what is sent is one act on it."""
    page = InspectionPage(request.user, pk, request.GET, carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("inspection", pk)
    return answer(request, "inspections/inspection.html", page.context(), fine=page.errands.searching)


@require_safe
def letters(request, code, year):
    """The letters of an organization in a year, by deadline."""
    page = frame(request.user, code, year)
    return render(request, "inspections/letters.html", overview_page.letter_page(request.user, page, request))


@read_or_send
def letter_new(request, code, year):
    """Receives a letter."""
    here = frame(request.user, code, year)
    require_letters(request.user, here.organization, here.day)
    page = NewLetter(request.user, here, carry.sent(request))
    made = page.take() if request.method == "POST" else None
    if made:
        messages.success(request, f"Đã ghi đơn {made.number}.")
        return redirect("letter", made.file_id)
    return answer(request, "inspections/letter_new.html", page.context())


@read_or_send
def letter(request, pk):
    """One letter; what is sent is one act on it."""
    page = LetterPage(request.user, pk, request.GET, carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("letter", pk)
    return answer(request, "inspections/letter.html", page.context())
