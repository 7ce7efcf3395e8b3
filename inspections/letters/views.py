from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from ledger.web import carry
from ledger.web.form_page import answer, read_or_send
from organizations.access import require_letters
from organizations.frame import frame

from . import list_page
from .page import LetterPage, NewLetter


@require_safe
def letters(request, code, year):
    """The letters of an organization in a year, by deadline."""
    page = frame(request.user, code, year)
    return render(request, "inspections/letters/letters.html", list_page.letter_page(request.user, page, request))


@read_or_send
def letter_new(request, code, year):
    """Receives a letter."""
    here = frame(request.user, code, year)
    require_letters(request.user, here.organization, here.day)
    page = NewLetter(request.user, here, carry.sent(request))
    made = page.take() if request.method == "POST" else None
    if made:
        messages.success(request, f"Đã ghi đơn {made.number}.")
        return redirect("letter", made.file_id)
    return answer(request, "inspections/letters/letter_new.html", page.context())


@read_or_send
def letter(request, pk):
    """One letter; what is sent is one act on it."""
    page = LetterPage(request.user, pk, request.GET, carry.sent(request))
    done = page.take() if request.method == "POST" else ""
    if done:
        messages.success(request, done)
        return redirect("letter", pk)
    return answer(request, "inspections/letters/letter.html", page.context())
