from django.shortcuts import render

from ledger.web.forms import PaperForm
from ratings.inputs import picked

from .page import CommitteePage


def committee(request, here, sent=None, error=None):
    """The cells of a committee on their way. `sent`, `error`: a step that was refused, shown with what was typed."""
    signed = sent if sent is not None and sent.get("viec") == "approve" else None
    issuer = here.place.committee
    context = here.context() | {
        "page": CommitteePage(here),
        "paper": PaperForm(signed, initial={"co_quan": issuer}),
        "error": error,
        "sent": sent or {},
        "ticked": set(picked(sent)) if sent is not None else set(),
    }
    return render(request, "ratings/committee/committee.html", context)
