from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations.frame import frame

from . import page as forecast_page


@require_safe
def forecast(request, code, year):
    """Admissions of the year against the target, and how many of the pipeline may come by its end."""
    return render(request, "indicators/forecast/forecast.html", forecast_page.context(frame(request.user, code, year)))
