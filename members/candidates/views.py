from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from ledger.web.paging import paged
from members.candidates_visibility import open_candidates
from members.identity.homonyms import tell_candidates_apart
from members.standing_candidates import known_of
from organizations.frame import frame

from .page import CandidatePage
from .pipeline_page import PipelinePage
from .table import CandidateFilter, table_of


@read_or_send
def candidates(request, code, year):
    """The pipeline of an organization in a year: how many at each step, who they are; a cell's people are recommended here."""
    sent = carry.sent(request)
    page = PipelinePage(request.user, frame(request.user, code, year), sent)
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("candidates", code, year)
    wanted = CandidateFilter(request.GET, queryset=page.rows())
    table = paged(request, table_of(wanted.qs, page.page.day))
    table.opens = open_candidates(request.user, table.shown)
    known = known_of(sorted(table.shown)).values()
    table.called = {record.candidate_id: record.called for record in tell_candidates_apart(k.record for k in known)}
    table.to_compare = page.to_compare(known)
    context = page.context() | {"filter": wanted, "chips": wanted.chips(), "table": table}
    return answer(request, "members/candidates/candidates.html", context)


@read_or_send
def candidate(request, pk):
    """One candidate: record, steps, history, and the next act about them."""
    sent = carry.sent(request)
    page = CandidatePage(request.user, pk, sent)
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        name, args = page.back()
        return redirect(name, *args)
    return answer(request, "members/candidates/candidate.html", page.context())
