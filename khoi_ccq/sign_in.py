"""How often a password may be tried, and what is logged of it.

django-axes counts failures and locks a name at an address (AXES_FAILURE_LIMIT tries, AXES_COOLOFF_TIME). Beyond that:
many names from one address wait for each other, since a whole office may stand behind one address and is never locked;
so does one name that is tried from many addresses. A browser in which the account has signed in before waits for nobody
and is locked by its own failures alone, so that no stranger keeps anybody out.
"""

from datetime import timedelta

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Max, Sum
from django.utils import timezone

from ledger.models import User

from . import logs
from .browsers import known_as

OF_AN_ADDRESS = settings.SIGN_IN_FAILURES_OF_AN_ADDRESS
OF_A_NAME = settings.SIGN_IN_FAILURES_OF_A_NAME
PAUSE = timedelta(seconds=settings.SIGN_IN_PAUSE_SECONDS)


def counted_by(request, credentials):
    """What failures are counted by, for axes: the place; in a known browser itself (`axes_user_agent`, see below)."""
    place = ["username", "ip_address"]
    return [[*place, "user_agent"] if getattr(request, "is_known_browser", False) else place]


class SignInLimits(AxesDatabaseHandler):
    """axes, and one try each PAUSE from an address with OF_AN_ADDRESS failures, or for a name with OF_A_NAME of them.
    What is refused begins nothing anew.

    `request.must_pause` (seconds), `request.locked_until`: what the page for who is locked out tells.
    """

    def is_locked(self, request, credentials=None):
        name = credentials.get("username")
        if mark := known_as(request, name):
            request.axes_user_agent = mark  # nobody else can claim it
        request.is_known_browser, request.must_pause = bool(mark), 0
        if super().is_locked(request, credentials):
            (mine,) = self.get_user_attempts(request, credentials)
            now = request.axes_attempt_time
            request.locked_until = (mine.aggregate(last=Max("attempt_time"))["last"] or now) + get_cool_off(request)
            return True
        if not mark and (
            _waits(request, OF_AN_ADDRESS, ip_address=request.axes_ip_address)
            or _waits(request, OF_A_NAME, username=name)
        ):
            request.must_pause = PAUSE.seconds
        return bool(request.must_pause)

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        refused = getattr(request, "axes_locked_out", False)  # before the password was looked at
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None:
            return
        whom = f"{_named(credentials.get('username'))} từ {request.axes_ip_address or 'địa chỉ không rõ'}"
        if refused:
            why = "chờ giữa hai lần thử" if request.must_pause else "đang khóa tạm"
            logs.sign_in.warning("Từ chối đăng nhập (%s): %s", why, whom)
            return
        logs.sign_in.warning("Đăng nhập sai: %s", whom)
        if request.axes_locked_out:
            request.locked_until = request.axes_attempt_time + get_cool_off(request)
            logs.sign_in.warning("Khóa tạm đăng nhập: %s", whom)


def _recent(now):
    return AccessAttempt.objects.filter(attempt_time__gt=now - get_cool_off())


def _waits(request, limit, **whose):
    now = request.axes_attempt_time
    attempts = _recent(now).filter(**whose).aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    return (attempts["failures"] or 0) >= limit and now < attempts["last"] + PAUSE


def _named(name):
    """A name that no account has is not told: it may be a password typed into the wrong field."""
    return f"“{name}”" if User.objects.filter(username=name).exists() else "(không có tài khoản này)"


def unlock_with_new_password(sender, instance, **kwargs):
    """Whoever sets it, a new password opens the account at once: told after each save of a user."""
    if instance._password is not None:
        reset(username=instance.username)


def locked():
    """[("“ten” từ 203.0.113.5", until)] of who cannot sign in at the moment, by name."""
    attempts = _over(settings.AXES_FAILURE_LIMIT, "username", "ip_address")
    places = [(_named(row["username"]), row["ip_address"] or "địa chỉ không rõ", row["last"]) for row in attempts]
    return [(f"{name} từ {address}", last + get_cool_off()) for name, address, last in places]


def slowed():
    """["tài khoản “ten”", "địa chỉ 203.0.113.5"] of what waits between two tries at the moment."""
    names = {_named(row["username"]) for row in _over(OF_A_NAME, "username")}
    addresses = [row["ip_address"] or "không rõ" for row in _over(OF_AN_ADDRESS, "ip_address")]
    return [*(f"tài khoản {name}" for name in sorted(names)), *(f"địa chỉ {one}" for one in addresses)]


def _over(limit, *by):
    rows = _recent(timezone.now()).values(*by)
    rows = rows.annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    return rows.filter(failures__gte=limit).order_by(*by)
