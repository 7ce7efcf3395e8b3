"""What the commands for machines share: reading a day and an organization from the command line."""

from datetime import datetime

from django.core.management.base import CommandError


def day(text):
    """A date typed as 2017-12-31 or 31/12/2017."""
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise CommandError(f"“{text}” không phải là ngày. Hãy viết 2017-12-31 hoặc 31/12/2017.")
