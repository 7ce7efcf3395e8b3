"""A small world that tests know by heart, built through the verbs alone.

K ─┬─ DB01 ─┬─ DB01-01   An, Bình            founded, and everyone enrolled as an official member, on 01/01/2015;
   │        └─ DB01-02   Chi, Dung           today is 14/12/2018. People are found by their given name,
   ├─ DB02 ─┬─ DB02-01   Đức, Giang          organizations by their code.
   │        └─ DB02-02   Hà, Khánh
   ├─ DB03 ─┬─ BP01 ── DB03-01   Lan, Minh   BP01 is a section committee (DBBP)
   │        └─ DB03-02   Nga, Oanh
   ├─ CB01               Phúc, Quân
   └─ CB02               Sơn, Tâm
"""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection

from ledger.acts import Refused
from ledger.models import Installation, Recorded, User
from members.identity.likeness import ANYBODY
from members.models import EthnicGroup, Exit, Member, Sex
from members.register import arrivals, departures, moves
from members.register.arriving import Arrival
from members.reorganizing.carry_out import carry_out, merge
from members.roll.on_a_day import below
from organizations import reorganize
from organizations.appoint import NewOffice, appoint, dismiss
from organizations.models import Organization
from organizations.reorganize import Founding

START = date(2015, 1, 1)
TODAY = date(2018, 12, 14)

ORGANIZATIONS = [
    ("K", "KHOI", None),
    ("DB01", "DBCS", "K"),
    ("DB02", "DBCS", "K"),
    ("DB03", "DBCS", "K"),
    ("CB01", "CBCS", "K"),
    ("CB02", "CBCS", "K"),
    ("BP01", "DBBP", "DB03"),
    ("DB01-01", "CBTT", "DB01"),
    ("DB01-02", "CBTT", "DB01"),
    ("DB02-01", "CBTT", "DB02"),
    ("DB02-02", "CBTT", "DB02"),
    ("DB03-01", "CBTT", "BP01"),
    ("DB03-02", "CBTT", "DB03"),
]
PEOPLE = {
    "DB01-01": ["Lê An", "Võ Bình"],
    "DB01-02": ["Lê Chi", "Võ Dung"],
    "DB02-01": ["Lê Đức", "Võ Giang"],
    "DB02-02": ["Lê Hà", "Võ Khánh"],
    "DB03-01": ["Lê Lan", "Võ Minh"],
    "DB03-02": ["Lê Nga", "Võ Oanh"],
    "CB01": ["Lê Phúc", "Võ Quân"],
    "CB02": ["Lê Sơn", "Võ Tâm"],
}


class World:
    def __init__(self):
        Installation.objects.create(demo_day=TODAY, loaded=True)
        self.by = User.objects.create_user("van-phong")
        self.kinh = EthnicGroup.objects.get(code="01")
        self.org, self.people = {}, {}
        self.found(*ORGANIZATIONS)
        rows = [self.arrival(name, code) for code, names in PEOPLE.items() for name in names]
        self._know(arrivals.enroll(rows, by=self.by, on=START))

    def act(self, on=TODAY, **more):
        """What every verb is told: who and from which day."""
        return {"by": self.by, "on": on, **more}

    # Organizations

    def found(self, *rows, on=START):
        """`rows`: (code, kind, code of the parent). The name is made of the code."""
        rows = [Founding(code=code, name=f"Tổ chức {code}", kind=kind, parent=parent) for code, kind, parent in rows]
        self.org |= reorganize.found(rows, **self.act(on))

    def rename(self, code, name, on):
        reorganize.rename({self.org[code]: name}, **self.act(on))

    def move(self, code, parent, on):
        reorganize.move({self.org[code]: self.org[parent]}, **self.act(on))

    def merge(self, predecessor, successor, cells, on):
        """`cells`: {code of a cell: code of where its people go, or None when the cell goes on}."""
        cells = {self.org[cell]: self.org[to] if to else None for cell, to in cells.items()}
        merge([self.org[predecessor]], self.org[successor], cells=cells, **self.act(on))

    def carry_out(self, plan, on, **more):
        self.org |= carry_out(plan, **self.act(on, **more))

    # People

    def person(self, name="Trần Xuân", **known):
        """A member not yet saved."""
        usual = {"sex": Sex.FEMALE, "birth_date": date(1980, 6, 15), "ethnic_group": self.kinh}
        return Member(full_name=name, **{**usual, **known})

    def arrival(self, name, code, on=START, *, member=None, born=None, **known):
        """A row for `register.enroll`: by default admitted in 2010 and official a year later, and nobody written already.

        Born in 1980, or early enough not to be admitted as a child.
        """
        known = {"decided": date(2010, 5, 1), "ceremony": date(2010, 5, 19), "official": date(2011, 5, 19), **known}
        known = {"others": ANYBODY, **known}
        born = born or date(min(1980, known["ceremony"].year - 20), 6, 15)
        member = member or self.person(name, birth_date=born)
        return Arrival(member=member, organization=self.org[code], on=on, **known)

    def newcomer(self, name, code, ceremony, **known):
        """A row for `register.admit`: decided ten days before the ceremony."""
        known = {"decided": ceremony - timedelta(days=10), "official": None, "entry": "ADMITTED", **known}
        return self.arrival(name, code, ceremony, **{"ceremony": ceremony, **known})

    def enroll(self, name, code, on=START, **known):
        return self._know(arrivals.enroll([self.arrival(name, code, on, **known)], **self.act(on)))

    def admit(self, name, code, ceremony, **known):
        return self._know(arrivals.admit([self.newcomer(name, code, ceremony, **known)], **self.act(ceremony)))

    def transfer(self, name, code, on):
        moves.transfer([(self.people[name], self.org[code], on)], **self.act(on))

    def leave(self, name, on, why=Exit.DEPARTED):
        departures.leave([(self.people[name], on, why)], **self.act(on))

    def names(self, code, day):
        """Given names of those on the roll of `code` on `day`."""
        rows = below(self.org[code], day).select_related("member")
        return {row.member.full_name.split()[-1] for row in rows}

    def _know(self, members):
        for member in members:
            name = member.full_name.split()[-1]
            assert name not in self.people, f"{name} is already someone in this world"
            self.people[name] = member
        return members[-1]

    # Users

    def user(self, role=None, code=None, since=START):
        """A new account, with the role at the organization `code`."""
        user = User.objects.create_user(f"u{User.objects.count()}")
        if role:
            appoint([NewOffice(user=user, role=role, organization=self.org[code])], **self.act(since))
        return user

    def dismiss(self, user, on):
        """The user, read anew: what a user may do is remembered on the object for one request."""
        dismiss(list(user.appointments.standing()), **self.act(on))
        return User.objects.get(pk=user.pk)

    def organization(self, code):
        return Organization.objects.get(code=code)


def count_anew():
    """Lets the database's planner see tables that were filled in this transaction as full as they are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def recorded():
    """Every row that acts have left, and whether it stands: what must not differ after a refusal."""
    models = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return {model.__name__: set(model._base_manager.values_list("pk", "voided")) for model in models}


@contextmanager
def refused(*sentences):
    """What happens inside is refused with exactly these sentences, and nothing is written."""
    before = recorded()
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.messages == list(sentences)
    assert recorded() == before
