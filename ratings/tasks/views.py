from django.shortcuts import render
from django.views.decorators.http import require_safe

from .tasks import page_of


@require_safe
def tasks(request):
    """What the user owes, the oldest first."""
    return render(request, "ratings/tasks/tasks.html", page_of(request.user))
