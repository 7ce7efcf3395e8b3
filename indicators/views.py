from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger import clock
from ledger.acts import Refused
from ledger.text import as_year
from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from ledger.web.paging import paged
from organizations import access, confirming, lineage
from organizations.access import Keep
from organizations.frame import frame
from organizations.models import Kind
from organizations.vacancies import ended_offices
from ratings.tasks.tasks import count_owed

from .board import board, targets_history
from .closing.page import ClosingPage
from .dashboard import page as panels
from .dashboard.panels import people_panels, trend_panel
from .dashboard.province import side_by_side
from .figure import page as indicator_page
from .figure import tables
from .figure.rows import PARTS
from .first_steps import steps
from .self_check import page as self_check_page
from .targets.forms import BlocForm, DashboardForm, TargetsForm, YearForm
from .years import known_years


@require_safe
def home(request):
    """The first page: offices to look at; what the user owes; the user's organization in the latest year with groups."""
    if confirming.waits_for(request.user):
        return redirect("appointments")
    if count_owed(request.user):
        return redirect("tasks")
    codes, day = access.homes_of(request.user), clock.today()
    office = access.office_of(request.user)
    years = [y for y in known_years(office.inherited or None) if y <= day.year]
    year = years[-1] if years else day.year
    if len(codes) == 1:
        return redirect("dashboard", codes[0], year)
    if codes:
        return render(request, "homes.html", {"homes": _homes(codes), "year": year})
    if request.user.is_superuser:
        return redirect("first_steps")
    return render(request, "no_office.html", {"ended": ended_offices(request.user)})


def _homes(codes):
    """Spells of the organizations `codes`, in this order."""
    spells = {s.organization.code: s for s in lineage.places(clock.today()).filter(organization__code__in=codes)}
    return [spells[code] for code in codes]


@require_safe
def choose(request):
    """The organization chosen from the list of the dashboard, as an address of its own."""
    code, year = request.GET.get("to_chuc", ""), request.GET.get("nam", "")
    if as_year(year) is None or not code:
        raise Http404("Hãy chọn tổ chức và năm trong danh sách.")
    return redirect(
        "dashboard", access.get_for(request.user, code, clock.last_day(int(year)) or clock.today()).code, year
    )


@require_safe
def dashboard(request, code, year):
    """The eight groups of an organization in a year; asked by htmx, only the ranking and its trend."""
    page = frame(request.user, code, year)
    figures = board(page.organization, year, letters=page.sees_letters)
    if page.place.kind == Kind.TINH:
        columns, rows = side_by_side(figures.children, year)
        context = page.context("targets") | {"board": figures, "columns": columns, "rows": rows}
        return render(request, "indicators/province.html", context)
    form = DashboardForm(request.GET, groups=[x.group for x in figures.cards()], children=figures.children)
    context = page.context("targets") | panels.context(figures, form) | trend_panel(figures, form)
    context["ranking"] = paged(request, tables.RankingTable(context["ranks"], year=year), per_page=12)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "indicators/ranking.html", context)
    context["neighbours"] = page.neighbours(figures.children)
    if not context["cards"]:
        context["opens_year"] = page.bloc.organization.code in steps.blocs_to_open(request.user)
    context["checks_all"] = access.office_of(request.user).looks_after_a_whole
    return render(request, "indicators/dashboard.html", context | people_panels(figures, page))


@require_safe
def indicator(request, code, year, group):
    """One group of an organization: how it is computed, who contributes, the rows behind it."""
    page = frame(request.user, code, year)
    figures = board(page.organization, year, letters=page.sees_letters)
    line = next((x for x in figures.cards() if x.group.code == group), None)
    part = request.GET.get("hang", "tu-so")
    if line is None or part not in PARTS:
        raise Http404("Nhóm chỉ tiêu này không có ở tổ chức và năm đang xem.")
    context = page.context("targets") | indicator_page.context(figures, line, page, part, request)
    return render(request, "indicators/indicator.html", context)


@read_or_send
def targets_tab(request, code, year):
    """What was set for an organization; the organization department sets it here."""
    page = frame(request.user, code, year)
    if request.method == "POST":
        access.require_keep(request.user, Keep.TARGETS, page.organization, page.day)
    form = steps.targets_form(carry.sent(request), page.organization, year, TargetsForm)
    if request.method == "POST" and form.is_valid():
        try:
            steps.save_targets(form, page, request.user)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Đã ghi chỉ tiêu được giao.")
            return redirect("targets", code, year)
    context = page.context("targets") | {
        "form": form if page.may(Keep.TARGETS) and form.indicators else None,
        "rows": targets_history(page.organization),
        "tab": "targets",
    }
    return answer(request, "indicators/targets.html", context)


@read_or_send
def closing(request, code, year):
    """The minutes of a closed year with what changed since; the organization department closes it here."""
    page = ClosingPage(request.user, frame(request.user, code, year), carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("closing", code, year)
    return answer(request, "indicators/closing.html", page.context())


@require_safe
def self_check(request):
    """Every invariant of the data, true or with the records at fault that the reader looks after."""
    access.require_bloc(request.user)
    context = {"found": self_check_page.found(request.user), "section": "self_check"}
    return render(request, "indicators/self_check.html", context)


@read_or_send
def first_steps(request):
    """An empty installation: found the bloc, open a year; later each year of a bloc, by who sets its targets as well."""
    blocs = steps.blocs_to_open(request.user)
    if not blocs:
        access.require_administrator(request.user)
    step = steps.next_step()
    sent = carry.sent(request)
    initial = {
        "year": as_year(request.GET.get("nam", "")) or clock.today().year,
        "bloc": request.GET.get("dang_bo", ""),
    }
    form = BlocForm(sent) if step == "bloc" else YearForm(sent, initial=initial, blocs=blocs)
    if request.method == "POST" and form.is_valid():
        try:
            done = steps.take_step(step, form.cleaned_data, blocs, request.user)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, done)
            return redirect("first_steps")
    ids = None if request.user.is_superuser else {spell.organization_id for spell in blocs.values()}
    context = {"form": form, "step": step, "blocs": blocs.values(), "years": known_years(ids), "section": "first_steps"}
    context["accounts"] = get_user_model().objects.filter(is_active=True).count()
    return answer(request, "indicators/first_steps.html", context)
