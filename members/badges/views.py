from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from ledger.web import carry
from organizations.frame import frame

from .page import BadgePage


@require_http_methods(["GET", "HEAD", "POST"])
def badges(request, code, year):
    """Who is due a badge on each award day of a year; the organization department records what was given."""
    sent = carry.sent(request)
    key = (sent or request.GET).get("dot", "")
    page = BadgePage(request.user, frame(request.user, code, year), key, sent)
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect(reverse("badges", args=[code, year], query={"dot": page.round.key}))
    return render(request, "members/badges.html", page.context(), status=400 if request.method == "POST" else 200)
