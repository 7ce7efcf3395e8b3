from django.shortcuts import render
from django.views.decorators.http import require_safe

from organizations import access

from . import page as self_check_page


@require_safe
def self_check(request):
    """Every invariant of the data, true or with the records at fault that the reader looks after."""
    access.require_bloc(request.user)
    context = {"found": self_check_page.found(request.user)}
    return render(request, "indicators/self_check/self_check.html", context)
