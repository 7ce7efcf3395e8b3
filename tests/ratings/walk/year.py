"""A random year: where it begins, what happens in it; every walk is taken back at its end."""

from collections import Counter
from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from ledger.models import Installation
from ratings.models import MemberRating
from tests.ratings.desk import CELLS, SUBORDINATE, Desk
from tests.ratings.walk.deeds import RatingDeeds
from tests.ratings.walk.happening import ACTS, COMMITTEES, RATED
from tests.ratings.walk.invariants import RatingInvariants
from tests.world import World


class WalkGround:
    """The small world with an account for every office; every walk begins here and is taken back at its end."""

    def __init__(self):
        self.world = World()
        for n in range(6):
            self.world.enroll(f"Vũ Thêm{n}", ("DB01-01", "DB01-02")[n % 2])
        user = self.world.user
        self.users = {
            "SECRETARY": {code: user("SECRETARY", code) for code in CELLS},
            "COMMITTEE": {code: user("COMMITTEE", code) for code in COMMITTEES},
            "ORGANIZATION": {"K": user("ORGANIZATION", "K")},
            "LEADER": {"K": user("LEADER", "K")},
            "NOBODY": {"K": user()},
        }
        self.done = Counter()

    def walk(self, examples, steps):
        class Walk(RatingYear):
            ground = self

        run_state_machine_as_test(
            Walk,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                phases=[Phase.generate],  # to shrink a walk takes minutes; its steps are printed as they are
                suppress_health_check=list(HealthCheck),
            ),
        )


class RatingYear(RatingDeeds, RatingInvariants, RuleBasedStateMachine):
    ground = None

    def __init__(self):
        super().__init__()
        self.taken_back = transaction.atomic()
        self.taken_back.__enter__()
        self.world, self.done = self.ground.world, self.ground.done
        self.people, self.gone = sorted(self.world.people.values(), key=lambda member: member.pk), []
        self.day = date(2018, 12, 22)
        Installation.objects.update(demo_day=self.day)
        self.desk = Desk(self.world, 2018)
        self.period, self.paper = self.desk.period, self.desk.paper
        self.typed, self.histories, self.excess, self.frozen = set(), 0, {}, None
        self.excuse = None  # why the step just taken may exceed a cap: a written reason, or nobody chose

    def teardown(self):
        transaction.set_rollback(True)
        self.taken_back.__exit__(None, None, None)

    @initialize(stage=st.integers(0, 6))
    def begin(self, stage):
        """Somewhere on the way: blank, filled, submitted, endorsed, decided, accepted, ready to be locked."""
        steps = (
            self.desk.rate_all,
            lambda: self.desk.submit(*SUBORDINATE),
            lambda: self.desk.endorse(*SUBORDINATE),
            self.desk.decide,
            self.desk.accept,
            self.be_ready,
        )
        for step in steps[:stage]:
            step()
        self.typed |= set(MemberRating.objects.filter(period=self.period).values_list("sheet_id", "member_id"))

    def be_ready(self):
        self.rate_them(RATED, 2)
        self.days_pass(12)

    @rule(what=st.one_of(ACTS))
    def something_happens(self, what):
        name, told = what
        getattr(self, name)(**told)
