"""What other floors are told of accounts."""

from django.dispatch import Signal

# Sent when an administrator has set the password of somebody else's account: `user`, `by`.
password_given = Signal()
