"""The rating sheet of a cell as a browser and as the server has it."""

import json
import re
import subprocess
import sys

from playwright.sync_api import expect

from tests.browser.server import ROOT


def sheet(code):
    return f"/xep-loai/{code}/2018/"


def stored(environment, code):
    """The row of `manage.py sheets` for the cell `code`: what is on the server, whatever the page says."""
    command = [sys.executable, "manage.py", "sheets", "--period", "2018", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return next(row for row in json.loads(done.stdout) if row["cell"] == code)


def end_sessions(environment, user):
    """The server forgets everyone's session, as when it has run out."""
    code = (
        "from django.contrib.sessions.models import Session; from ledger.models import User; "
        f"pk = str(User.objects.get(username={user!r}).pk); "
        "[s.delete() for s in Session.objects.all() if s.get_decoded().get('_auth_user_id') == pk]"
    )
    subprocess.run([sys.executable, "manage.py", "shell", "-c", code], cwd=ROOT, env=environment, check=True)


def rows(page):
    return page.locator("ul.rows > li[data-member]")


def all_saved(page):
    expect(page.locator("#da-luu")).to_have_text(re.compile("Mọi điều đã gõ đều đã lưu lúc"), timeout=20_000)
