"""Pages that are read, and sent back with a form: what they take, and how they answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def answer(request: HttpRequest, template: str, context: dict[str, Any], *, fine: bool = False) -> HttpResponse:
    """The page with its form. 400 where it was sent, for what is taken leads elsewhere; `fine`: it only asked on."""
    refused = request.method == "POST" and not fine
    return render(request, template, context, status=400 if refused else 200)
