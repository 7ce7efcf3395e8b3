"""Passwords that somebody else set: how long they open an account, and what other floors are told of them."""

from datetime import date, timedelta

from django.dispatch import Signal

from . import clock
from .models import OneTimePasswords, User
from .numbers import day_in_words

# Sent when an administrator has set the password of somebody else's account: `user`, `by`.
password_given = Signal()


def last_day(given_on: date) -> date:
    """The last day on which a password given on `given_on` opens an account whose owner has not set his own."""
    return given_on + timedelta(days=clock.once(_days))


def _days() -> int:
    return (OneTimePasswords.objects.first() or OneTimePasswords()).days


def why_expired(user: User) -> str:
    """Why the password that `user` was given opens his account no more, as a sentence; "" while it does."""
    if not user.must_change_password or user.password_given_on is None:
        return ""
    last = last_day(user.password_given_on)
    if clock.today() <= last:
        return ""
    return (
        f"Mật khẩu được cấp chỉ dùng đến hết ngày {day_in_words(last)} và chưa được đổi sang mật khẩu riêng. "
        "Hãy nhờ quản trị in lại phiếu đăng nhập hoặc đặt mật khẩu mới."
    )
