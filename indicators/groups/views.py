from django.contrib import messages
from django.shortcuts import redirect

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.frame import frame

from .indicator_page import IndicatorPage
from .page import GroupsPage


@read_or_send
def groups(request, code, year):
    """The groups of a bloc's year and how each is measured; who sets targets chooses them here."""
    page = GroupsPage(request.user, frame(request.user, code, year), carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("groups", code, year)
    return answer(request, "indicators/groups/groups.html", page.context())


@read_or_send
def chosen(request, code, year, group="", indicator=""):
    """One indicator: a new group with its headline, a part of `group`, or what stands; asked to look, only how it comes out."""
    page = IndicatorPage(
        request.user, frame(request.user, code, year), carry.sent(request), group=group, code=indicator
    )
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("groups", code, year)
    return answer(request, "indicators/groups/indicator.html", page.context(), fine=page.looking)
