"""When the database does not answer, or lets somebody wait too long: what it is, one line of log, how long to wait."""

import logging
from enum import Enum

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError

from ledger.checks import faults_of_database


class Trouble(Enum):
    """What went wrong, with its words for the page and for the log."""

    AWAY = "Cơ sở dữ liệu chưa trả lời", "Máy chủ đang mất liên lạc với cơ sở dữ liệu."
    BUSY = "Đang có người khác ghi", "Việc này phải chờ một việc khác đang ghi quá lâu."
    SLOW = "Việc này chạy quá lâu", "Việc này chạy quá thời gian cho phép nên đã dừng."

    def __init__(self, title, sentence):
        self.title, self.sentence = title, sentence


# SQLSTATE, PostgreSQL appendix A: lock not available, deadlock, serialization; cancelled, idle for too long in the middle
# of an act; connections, shutting down.
BUSY = ("55P03", "40P01", "40001")
SLOW = ("57014", "25P03")
AWAY = ("08", "57P", "53")
LOCKED, LOST = ("is locked",), ("unable to open database", "disk I/O error", "disk is full")  # words of SQLite


def trouble_of(error):
    """The Trouble behind `error`, or None when it is something else. `error`: an exception or None."""
    while error is not None:
        if isinstance(error, (DatabaseError, InterfaceError)) and (trouble := _judged(error)):
            return trouble
        error = error.__cause__ or error.__context__
    return None


def _judged(error):
    if hasattr(error.__cause__, "pgcode"):
        return _of_postgres(error)
    text = str(error)
    if any(words in text for words in LOCKED):
        return Trouble.BUSY
    return Trouble.AWAY if any(words in text for words in LOST) else None


def _of_postgres(error):
    code = error.__cause__.pgcode
    if code is None:  # it broke before the server said anything
        lost = type(error.__cause__).__name__ in ("OperationalError", "InterfaceError")
        return Trouble.AWAY if lost else None
    for known, trouble in ((BUSY, Trouble.BUSY), (SLOW, Trouble.SLOW), (AWAY, Trouble.AWAY)):
        if code.startswith(known):
            return trouble
    return None


class OneLine(logging.Filter):
    """Of a database that is away, busy or slow the log tells one line: where it happened does not matter."""

    def filter(self, record):
        error = record.exc_info and record.exc_info[1]
        if error and (trouble := trouble_of(error)):
            words = str(error).strip().splitlines()
            record.msg, record.args = "%s (%s)", (trouble.title, words[0] if words else type(error).__name__)
            record.exc_info = record.exc_text = record.stack_info = None
        return True


def limit_waiting(sender, connection, **kwargs):
    """Told of each new connection of the site, not of commands: on PostgreSQL nobody waits for ever."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name, seconds in settings.DATABASE_WAITS.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, f"{seconds}s"])


def require_known_version():
    """Raises ImproperlyConfigured where `check` would refuse the database. One that is away says so on each page, and
    is asked again by Django at its first connection. A connection that it made is not left open to the workers.
    """
    opens = connection.connection is None
    try:
        faults = faults_of_database()
    except DatabaseError as error:
        if trouble_of(error):
            return
        raise
    finally:
        if opens:
            connection.close()
    if faults:
        raise ImproperlyConfigured("\n".join(fault.msg for fault in faults))
