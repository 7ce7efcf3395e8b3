"""Browsers in which somebody has signed in before: strangers' wrong passwords neither lock nor slow these.

OWASP, "Slow Down Online Guessing Attacks with Device Cookies". The cookie opens nothing: it tells for which accounts a
browser's tries are counted by themselves (khoi_ccq/sign_in.py).
"""

from secrets import token_hex

from django.conf import settings
from django.core import signing

from ledger.models import User

COOKIE, SALT = "quen", "khoi_ccq.browsers"
LASTS = 365 * 24 * 3600  # seconds
MOST = 20  # accounts of one browser


class RemembersBrowser:
    """Middleware: gives its cookie to a browser in which somebody has just signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if pk := getattr(request, "has_signed_in", None):
            known = _read(request)
            accounts = [pk, *(one for one in known["accounts"] if one != pk)][:MOST]
            value = signing.dumps(known | {"accounts": accounts}, salt=SALT)
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(COOKIE, value, max_age=LASTS, secure=secure, httponly=True, samesite="Lax")
        return response


def note_signing_in(sender, request, user, **kwargs):
    request.has_signed_in = user.pk


def known_as(request, username):
    """By which mark the browser of `request` is known to the account `username`; "" for a stranger to it."""
    if COOKIE not in request.COOKIES:
        return ""
    known = _read(request)
    return known["mark"] if User.objects.filter(username=username, pk__in=known["accounts"]).exists() else ""


def _read(request):
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {"mark": token_hex(16), "accounts": []}
