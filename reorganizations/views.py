from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ledger.numbers import day_in_words
from ledger.web import carry
from ledger.web.form_page import read_or_send
from ledger.web.messages import leading_to

from .page import AGAIN, GO_ON, WRITE, ReorganizationsPage, ReorganizePage, UndoReorganizationPage


@require_safe
def offers(request, code):
    """What can be done about an organization: founding below it, its name, its place, merging, splitting, its end."""
    return render(request, "reorganizations/offers.html", ReorganizationsPage(request.user, code).context())


@read_or_send
def reorganize(request, code, slug):
    """The form of one act; posted, it is rehearsed, and from there written."""
    posted = request.method == "POST"
    page = ReorganizePage(request.user, code, slug, carry.sent(request), request.GET)
    if posted and page.step == WRITE and page.take():
        sentence, root, day = page.done
        messages.success(request, leading_to(page.way_back, sentence))
        tree = root and reverse("tree", args=[root, day.year], query={"ngay": day_in_words(day)})
        return redirect(tree or "home")
    if posted and page.step == GO_ON:
        page.go_on()
        return render(request, page.template, page.context())
    refused = posted and page.step not in (WRITE, AGAIN) and not page.rehearse()
    status = 400 if refused or posted and page.step == WRITE else 200
    return render(request, page.template, page.context(), status=status)


@read_or_send
def undo(request, code, pk):
    """What would come back if an act were taken back, what stands in the way; posted with a reason, it is."""
    posted = request.method == "POST"
    page = UndoReorganizationPage(request.user, code, pk, carry.sent(request))
    if posted and page.take():
        messages.success(request, f"Đã hủy việc “{page.change.words}”, hiệu lực {day_in_words(page.change.on)}.")
        return redirect(
            reverse("tree", args=[page.root, page.change.on.year], query={"ngay": day_in_words(page.change.on)})
        )
    page.look()
    return render(request, "reorganizations/undo.html", page.context(), status=400 if posted else 200)
