"""The empty, migrated database of SQLite: made once for each state of the migrations, then copied for every run."""

import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".test_databases"
BESIDE = (
    "requirements.txt",
    "ledger/fields.py",
    "ledger/spells.py",
    "ledger/history.py",
    "ledger/text.py",
)  # they use these


def state():
    """Tells one state of the migrations, and of what they call, from another."""
    files = [*ROOT.glob("*/migrations/*.py"), *(ROOT / name for name in BESIDE)]
    text = b"\0".join(path.name.encode() + path.read_bytes() for path in sorted(files))
    return hashlib.sha256(text).hexdigest()[:16]


def lay(path):
    """Copies the database that was kept to `path`; whether there was one."""
    kept = KEPT / state()
    if not kept.exists():
        return False
    shutil.copyfile(kept, path)
    return True


def keep(connection):
    """Keeps what `connection` holds, in the stead of other states."""
    KEPT.mkdir(exist_ok=True)
    for other in KEPT.iterdir():
        other.unlink(missing_ok=True)
    made = KEPT / f"{state()}.{os.getpid()}"
    with closing(sqlite3.connect(made)) as copy:
        connection.connection.backup(copy)
    made.replace(KEPT / state())


def forget(path):
    for end in ("", "-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
