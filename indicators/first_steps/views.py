from django.contrib import messages
from django.contrib.auth import get_user_model
from django.shortcuts import redirect

from indicators.years import known_years
from ledger import clock
from ledger.acts import Refused
from ledger.text import as_year
from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations import access

from . import steps
from .forms import BlocForm, YearForm


@read_or_send
def first_steps(request):
    """An empty installation: found the bloc, open a year; later each year of a bloc, by who sets its targets as well."""
    blocs = steps.blocs_to_open(request.user)
    if not blocs:
        access.require_administrator(request.user)
    step = steps.next_step()
    sent = carry.sent(request)
    initial = {
        "nam": as_year(request.GET.get("nam", "")) or clock.today().year,
        "dang_bo": request.GET.get("dang_bo", ""),
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
    context["this_year"] = clock.today().year
    context["accounts"] = get_user_model().objects.filter(is_active=True).count()
    return answer(request, "indicators/first_steps/first_steps.html", context)
