"""The demonstration in a database of its own where it is always the same time of day, and who is signed in to it."""

import logging
import os
from datetime import UTC, datetime
from functools import cache

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import DateTimeField
from django.test import Client

from .screens import NEWCOMER

NOON = datetime(2018, 12, 14, 5, tzinfo=UTC)  # in Vietnam, on the day of the demonstration


def load(directory):
    """The demonstration in an SQLite file in `directory`. Returns the environment for a server on it."""
    os.environ |= {"DATABASE_URL": f"sqlite:///{directory}/demo.sqlite3", "DJANGO_SETTINGS_MODULE": "khoi_ccq.settings"}
    os.environ.pop("DEMO_PASSWORD", None)
    django.setup()
    logging.disable(logging.WARNING)  # that a page is refused or not there is what some screens show
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_demo", stdout=nowhere)
    set_more_scenes()
    return dict(os.environ)


def set_more_scenes():
    """What the demonstration has none of: someone without an office, and organizations of a size that is not allowed."""
    get_user_model().objects.create_user(NEWCOMER, display_name="Người mới")
    SizeRule = apps.get_model("organizations", "SizeRule")
    SizeRule.objects.filter(kind="CBTT").update(least=8)


@cache
def client(username):
    """A test client in which `username` is signed in; of a visitor for None."""
    visitor = Client(SERVER_NAME="127.0.0.1")
    if username:
        visitor.force_login(get_user_model().objects.get(username=username))
    return visitor


def sign_in(usernames):
    """{username: cookies that open the site as them}; afterwards everything recorded was recorded at NOON."""
    cookies = {name: {key: one.value for key, one in client(name).cookies.items()} for name in usernames}
    stop_the_clock()
    return cookies


def stop_the_clock():
    for model in apps.get_models():
        times = [f.name for f in model._meta.local_concrete_fields if isinstance(f, DateTimeField)]
        if model._meta.label == "sessions.Session" or model._meta.proxy:
            continue
        for name in times:
            model._base_manager.filter(**{f"{name}__isnull": False}).update(**{name: NOON})


def places():
    """What the braces in the paths of the screens stand for."""
    Status = apps.get_model("members", "Status")
    sickness = Status.objects.filter(kind=Status.Kind.SICK).earliest("pk")
    step = apps.get_model("members", "CandidateStep").objects.filter(voided__isnull=True).latest("pk")
    ended = apps.get_model("organizations", "Succession").objects.earliest("pk")
    paper = apps.get_model("ledger", "Document").objects.get(number="17-QĐ/XLĐV")
    return {
        "paper": paper.pk,
        "sick": sickness.member_id,
        "sickness": sickness.added_id,
        "candidate": step.candidate_id,
        "merger": ended.added_id,
    }
