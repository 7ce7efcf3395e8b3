from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger import clock
from ledger.web import carry
from ledger.web.form_page import read_or_send
from members.identity.homonyms import tell_apart
from members.visibility import open_members
from organizations.frame import frame, reached

from . import balance as balances
from . import tree as trees
from .forms import BalanceForm, TreeForm
from .size_page import ApprovalPage


@require_safe
def balance(request, code, year):
    """Opening, each kind of in and out, closing, of an organization and those below it; a cell opens onto its people."""
    page = frame(request.user, code, year)
    form = BalanceForm(request.GET)
    balance_sheet = balances.sheet(page, form.half)
    context = page.context() | {"sheet": balance_sheet, "form": form}
    days = {"opening_opens": balance_sheet.eve, "closing_opens": balance_sheet.last, "row_opens": page.day}
    context |= {name: reached(request.user, balance_sheet.organizations, day) for name, day in days.items()}
    opened = balance_sheet.cell(form["o"].value() or "", form["dong"].value() or "")
    if opened:
        rows = balance_sheet.people(*opened)
        members = tell_apart((person.member for person in rows), request.user)
        reach = open_members(request.user, [member.pk for member in members])
        context |= {"opened": opened, "people": rows, "opens": reach}
    return render(request, "members/roll/balance.html", context)


@require_safe
def tree(request, code, year):
    """The tree below an organization as it stood on a day of the year, its last unless asked."""
    asked = TreeForm(request.GET, year=year)
    page = frame(request.user, code, year, asked.day)
    root = trees.tree(page, request.user)
    context = page.context() | {"asked": asked, "root": root, "turns": trees.turns(page)}
    if root:
        shown, hits = trees.searched(root, asked.text)
        context |= {"shown": shown, "found": hits, "sums": trees.sums(root)}
    return render(request, "members/roll/tree.html", context)


@read_or_send
def approval(request, code, rule):
    """The superior's written consent to an organization outside the usual size: its paper and its day."""
    posted = request.method == "POST"
    page = ApprovalPage(request.user, code, rule, carry.sent(request))
    if posted and page.take():
        messages.success(request, f"Đã ghi văn bản đồng ý cho {page.frame.place.name}.")
        return redirect("organization", code, clock.today().year)
    return render(request, "members/roll/approval.html", page.context(), status=400 if posted else 200)
