from django.shortcuts import render

from ledger.web.forms import PaperForm

from .page import CommitteePage


def committee(request, here, sent=None, error=None):
    """The cells of a committee on their way. `sent`, `error`: a step that was refused, shown with what was typed."""
    deciding = sent if sent is not None and sent.get("viec") == "decide" else None
    issuer = here.place.committee
    context = here.context() | {
        "page": CommitteePage(here),
        "paper": PaperForm(deciding, initial={"co_quan": issuer}),
        "error": error,
        "sent_errand": sent.get("viec", "") if sent is not None else "",
        "ticked": set(sent.getlist("phieu")) if sent is not None else set(),
        "why": sent.get("ly_do", "") if sent is not None else "",
    }
    return render(request, "ratings/committee/committee.html", context)
