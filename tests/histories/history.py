"""A history of ten years, drawn from a seed: whatever may happen to a bloc happens, in any order, some of it late.

Time goes on with every step; now and then an act is dated back to an earlier day. At each year's end its ratings are
entered and locked, mostly its figures closed. What a rule refuses leaves nothing behind and the history goes on.
"""

from collections import Counter
from datetime import date, timedelta
from random import Random

from indicators.closing.closings import close_figures
from indicators.targets import targets
from ledger.acts import Refused
from ledger.models import Installation
from tests.world import START

from . import invariants
from .corrections import Corrections
from .inspections import Inspections
from .offices import Offices
from .organizations import Organizations
from .people import People
from .pipeline import Pipeline
from .year import rate_and_lock

FIRST_YEAR, LAST_YEAR = 2015, 2024


class History(People, Pipeline, Organizations, Offices, Inspections, Corrections):
    """`pace`: days that go by between two acts, at most; `late`: the share of acts dated back; `more`: acts beside ACTS."""

    def __init__(self, world, seed, *, pace, late=0.3, more=()):
        self.world, self.draw = world, Random(seed)
        self.pace, self.late, self.n = pace, late, 0
        self.acts = [*ACTS, *more]
        self.day, self.year = START + timedelta(days=1), FIRST_YEAR
        self.done, self.refused = Counter(), Counter()
        self._go_to(self.day)

    def run(self, every):
        """Lives until the end of the last year; checks everything each `every` steps and at the end of each year."""
        while self.year <= LAST_YEAR:
            self.step()
            if sum(self.done.values()) % every == 0:
                invariants.check(START, self.draw)
        invariants.check(START, self.draw)

    def step(self):
        later = self.day + timedelta(days=self.draw.randint(1, self.pace))
        if later.year > self.year:
            self._end_year()
            self._go_to(max(later, date(self.year, 1, 17)))
        else:
            self._go_to(later)
        self._try(self.draw.choice(self.acts))

    def pass_time_and_act(self):
        """A step without a year's end."""
        self._go_to(self.day + timedelta(days=self.draw.randint(1, self.pace)))
        self._try(self.draw.choice(self.acts))

    def _go_to(self, day):
        self.day = day
        Installation.objects.update(demo_day=day)

    def _end_year(self):
        year = self.year
        self._go_to(date(year + 1, 1, 16))
        blocs = self.blocs(date(year, 12, 31))
        for bloc in blocs:
            targets.set_groups(year, targets.eight_groups(year), bloc=bloc, **self.act())
        if blocs:
            self.set_target(year)
        for bloc in blocs:
            if not self.has_cells(bloc, date(year, 12, 31)):
                continue
            period = rate_and_lock(self.world, year, bloc, self.draw)
            if self.draw.random() < 0.75:
                close_figures(period, **self.act())
        self.year += 1
        invariants.check(START, self.draw)

    def _try(self, name):
        try:
            getattr(self, name)()
        except Refused:
            self.refused[name] += 1
        else:
            self.done[name] += 1


ACTS = (
    "admit admit admit arrive recognise recognise transfer transfer leave come_back "
    "set_status visit lift discipline give_post give_post end_post offer offer answer answer "
    "arrive_old award award write_twice merge_records merge_records "
    "recommend recommend advance advance advance advance stop_candidate amend_candidate hold_ceremony hold_ceremony admit_unannounced "
    "found rename move merge absorb merge_anew split_cell split_committee dissolve turn_into_committee turn_into_cell receive_from_outside send_away enter_staff "
    "plan_inspection add_subject drop_subject carry_out_inspection conclude discipline_organization tie "
    "receive_letter accept_letter extend_letter resolve_letter forward_letter correct_letter "
    "take_back take_back take_back correct target withdraw"
).split()
