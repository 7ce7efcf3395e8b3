"""How often a password may be tried, and what is logged of it.

django-axes counts failures and locks a name at an address (AXES_FAILURE_LIMIT tries, AXES_COOLOFF_TIME). Beyond that:
many names from one address wait for each other, since a whole office may stand behind one address and is never locked.
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

OF_AN_ADDRESS = settings.SIGN_IN_FAILURES_OF_AN_ADDRESS
PAUSE = timedelta(seconds=settings.SIGN_IN_PAUSE_SECONDS)


class SignInLimits(AxesDatabaseHandler):
    """axes, and one try each PAUSE from an address with OF_AN_ADDRESS failures. What is refused begins nothing anew.

    `request.must_pause`, `request.locked_until`: what the page for who is locked out tells.
    """

    def is_locked(self, request, credentials=None):
        now, lasts = request.axes_attempt_time, get_cool_off(request)
        if super().is_locked(request, credentials):
            (mine,) = self.get_user_attempts(request, credentials)
            request.locked_until = (mine.aggregate(last=Max("attempt_time"))["last"] or now) + lasts
            return True
        near = AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gt=now - lasts)
        found = near.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
        request.must_pause = (found["failures"] or 0) >= OF_AN_ADDRESS and now < found["last"] + PAUSE
        return request.must_pause

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        refused = getattr(request, "axes_locked_out", False)  # before the password was looked at
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None:
            return
        whom = f"{_named(credentials)} từ {request.axes_ip_address or 'địa chỉ không rõ'}"
        if refused:
            why = "chờ giữa hai lần thử" if getattr(request, "must_pause", False) else "đang khóa tạm"
            logs.sign_in.warning("Từ chối đăng nhập (%s): %s", why, whom)
            return
        logs.sign_in.warning("Đăng nhập sai: %s", whom)
        if request.axes_locked_out:
            request.locked_until = request.axes_attempt_time + get_cool_off(request)
            logs.sign_in.warning("Khóa tạm đăng nhập: %s", whom)


def _named(credentials):
    """A name that no account has is not written down: it may be a password typed into the wrong field."""
    name = credentials.get("username")
    return f"“{name}”" if User.objects.filter(username=name).exists() else "(không có tài khoản này)"


def unlock_with_new_password(sender, instance, **kwargs):
    """Whoever sets it, a new password opens the account at once: told after each save of a user."""
    if instance._password is not None:
        reset(username=instance.username)


def locked():
    """[(name, address, until)] of who cannot sign in at the moment, by name."""
    now, lasts = timezone.now(), get_cool_off()
    rows = AccessAttempt.objects.filter(attempt_time__gt=now - lasts).values("username", "ip_address")
    rows = rows.annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    over = rows.filter(failures__gte=settings.AXES_FAILURE_LIMIT).order_by("username", "ip_address")
    return [(row["username"], row["ip_address"], row["last"] + lasts) for row in over]
