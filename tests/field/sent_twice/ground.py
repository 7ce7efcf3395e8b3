"""A world with a hand for each office, and a form sent twice in it: how much more stands afterwards."""

import re
from datetime import date

from django.apps import apps
from django.urls import reverse

from ledger.models import Recorded, User
from members.models import SavedView
from tests.field.twice import send_at_once, text_of
from tests.hand import Hand
from tests.world import World

PAPER = {"so": "7-QĐ/ĐUK", "ngay": "01/11/2018", "co_quan": "Đảng ủy Khối"}
MAY = date(2018, 5, 2)
WHY = {"ly_do": "Theo biên bản"}


class SentGround:
    """A world with a hand for each office. `typed_in`: address and fields of the form that is about to be sent."""

    def __init__(self):
        self.world = World()
        self.users = {
            "organization": self.world.user("ORGANIZATION", "K"),
            "inspection": self.world.user("INSPECTION", "K"),
            "leader": self.world.user("LEADER", "K"),
            "committee": self.world.user("COMMITTEE", "DB01"),
            "secretary": self.world.user("SECRETARY", "DB01-01"),
            "administrator": User.objects.create_superuser("goc", is_staff=True),
        }

    def open(self, role, address):
        return Hand(self.users[role]).open(address)


def at(name, *args, **query):
    return reverse(name, args=args, query=query)


APPS = ("members", "organizations", "ratings", "indicators", "inspections", "imports", "ledger")


def standing():
    """{model: how many rows stand}; acts, papers and sessions aside."""
    found = {}
    for model in [*apps.get_models(), SavedView]:
        if issubclass(model, Recorded):
            found[model.__name__] = model._base_manager.filter(voided__isnull=True).count()
        elif model._meta.app_label in APPS:
            found[model.__name__] = model._base_manager.count()
    return found


def added(before):
    after = standing()
    return {name: n - before[name] for name, n in after.items() if n != before[name]}


def told_once(user, address, data):
    """Sends the form twice at once; {model: rows more}. One was done, the other told in a sentence."""
    before = standing()
    answers = send_at_once(user, address, data)
    broken = [answer for answer in answers if isinstance(answer, Exception)]
    assert not broken, broken
    done = [answer for answer in answers if answer.status_code == 302]
    told = [answer for answer in answers if answer.status_code in (400, 403, 404, 409)]
    assert (len(done), len(told)) == (1, 1), [(a.status_code, text_of(a)[300:1500]) for a in answers]
    said = re.findall(r'(?s)role="alert".*?</(?:div|ul)>|<h1>.*?</p>', told[0].content.decode())
    assert any(re.search("[ạảấầậốộớợừựđĐ]", words) for words in said), text_of(told[0])[:2000]
    return added(before)
