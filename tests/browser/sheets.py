"""The rating sheet of a cell as a browser and as the server has it."""

import json
import re

from playwright.sync_api import expect


def sheet(code):
    return f"/xep-loai/{code}/2018/"


def stored(interpreter, code):
    """The row of `manage.py sheets` for the cell `code`: what is on the server, whatever the page says."""
    command = "call_command('sheets', '--period', '2018', '--format', 'json')"
    told = interpreter.run(f"from django.core.management import call_command; {command}")
    return next(row for row in json.loads(told) if row["cell"] == code)


def end_sessions(interpreter, user):
    """The server forgets everyone's session, as when it has run out."""
    interpreter.run(
        "from django.contrib.sessions.models import Session; from ledger.models import User; "
        f"pk = str(User.objects.get(username={user!r}).pk); "
        "[s.delete() for s in Session.objects.all() if s.get_decoded().get('_auth_user_id') == pk]"
    )


def rows(page):
    return page.locator("ul.rows > li[data-member]")


def all_saved(page):
    expect(page.locator("#da-luu")).to_have_text(re.compile("Mọi điều đã gõ đều đã lưu lúc"), timeout=20_000)
