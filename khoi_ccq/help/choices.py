"""What a reader chooses for this browser: large letters, and that hints for the first time are shown no more.

Kept in a cookie each, for a year: no rule and no figure rests on them.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

LASTS = 365 * 24 * 3600
LARGE, HINTS = "chu", "goi_y"
WORDS = {LARGE: ("to", "thuong"), HINTS: ("an", "hien")}  # {name of the cookie: what it may say, the usual last}


@dataclass(frozen=True)
class BrowserChoices:
    large: bool
    hints: bool


def choices_of(request: HttpRequest) -> BrowserChoices:
    return BrowserChoices(request.COOKIES.get(LARGE) == "to", request.COOKIES.get(HINTS) != "an")


def keep(response: HttpResponse, name: str, word: str, *, secure: bool) -> None:
    """ValueError for what cannot be chosen."""
    if word not in WORDS.get(name, ()):
        raise ValueError(name)
    response.set_cookie(name, word, max_age=LASTS, secure=secure, httponly=True, samesite="Lax")
