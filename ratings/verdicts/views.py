from django.contrib import messages
from django.shortcuts import redirect, render

from ledger.web import carry
from ledger.web.form_page import read_or_send
from ratings.frame import rating_frame

from .page import VerdictsPage


@read_or_send
def organizations(request, code, period):
    """The levels of organizations: one's own, and those decided here."""
    here = rating_frame(request.user, code, period)
    sent = carry.sent(request)
    levels = VerdictsPage(here, sent, as_proposed="theo-de-nghi" in request.GET)
    if request.method == "POST" and (done := levels.take()):
        messages.success(request, done)
        return redirect("ratings" if here.place.holds_members else "rating_organizations", code, period)
    context = here.context() | levels.context()
    return render(request, "ratings/verdicts/organizations.html", context, status=levels.status)
