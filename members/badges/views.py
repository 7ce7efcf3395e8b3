from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .page import BadgePage


@read_or_send
def badges(request, code, year):
    """Who is due a badge on each award day of a year; the organization department records what was given."""
    sent = carry.sent(request)
    key = (sent or request.GET).get("dot", "")
    page = BadgePage(request.user, frame(request.user, code, year), key, sent)
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect(reverse("badges", args=[code, year], query={"dot": page.round.key}))
    return answer(request, "members/badges/badges.html", page.context())
