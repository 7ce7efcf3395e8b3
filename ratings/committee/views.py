from django.contrib import messages
from django.shortcuts import redirect, render

from ledger.web import carry
from ledger.web.form_page import read_or_send
from ledger.web.forms import PaperForm
from ratings.frame import desk
from ratings.verdicts.page import OrganizationsDesk

from .page import CommitteePage


def committee(request, desk, sent=None, error=None):
    """The cells of a committee on their way. `sent`, `error`: a step that was refused, shown with what was typed."""
    deciding = sent if sent is not None and sent.get("viec") == "decide" else None
    issuer = desk.place.committee
    context = desk.context() | {
        "page": CommitteePage(desk),
        "paper": PaperForm(deciding, initial={"co_quan": issuer}),
        "error": error,
        "sent_errand": sent.get("viec", "") if sent is not None else "",
        "ticked": set(sent.getlist("phieu")) if sent is not None else set(),
        "why": sent.get("ly_do", "") if sent is not None else "",
        "rating_tab": "sheets",
    }
    return render(request, "ratings/committee.html", context)


@read_or_send
def organizations(request, code, period):
    """The levels of organizations: one's own, and those decided here."""
    here = desk(request.user, code, period)
    sent = carry.sent(request)
    levels = OrganizationsDesk(here, sent, as_proposed="theo-de-nghi" in request.GET)
    if request.method == "POST" and (done := levels.save()):
        messages.success(request, done)
        return redirect("ratings" if here.place.holds_members else "rating_organizations", code, period)
    context = here.context() | levels.context() | {"rating_tab": "organizations"}
    return render(request, "ratings/organizations.html", context, status=levels.status)
