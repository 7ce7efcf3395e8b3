"""The page that leads an empty installation to its first figures, and on which each later year is opened."""

from datetime import MINYEAR
from typing import Any

from django import forms

from indicators.years import known_years
from ledger import clock
from ledger.models import User
from ledger.text import as_year
from ledger.web.forms import attempt
from organizations import access
from organizations.access import Keep
from ratings.models import Period
from ratings.periods.periods import last_year_to_open, years_to_open

from . import steps
from .forms import BlocForm, YearForm
from .opening import plan_of
from .progress import steps_of, steps_to_come


class FirstStepsPage:
    """`sent`: what was sent, None on opening; `asked`: the query string, which may name a bloc and a year.

    403 for who sets the targets of no bloc and is no administrator.
    """

    def __init__(self, user: User, sent: Any, asked: Any) -> None:
        self.user, self.blocs = user, steps.blocs_to_open(user)
        if not self.blocs:
            access.require_administrator(user)
        self.step = steps.next_step()
        self.year = as_year(asked.get("nam", "")) or clock.today().year
        wanted = asked.get("dang_bo", "")
        self.bloc = self.blocs.get(wanted) or next(iter(self.blocs.values()), None)
        self.lead_to: dict[str, Any] = {}
        initial = {"nam": self.year, "dang_bo": wanted, "giao_nhu_truoc": True}
        self.form: forms.Form = (
            BlocForm(sent) if self.step == "bloc" else YearForm(sent, initial=initial, blocs=self.blocs)
        )

    def take(self) -> str:
        """The sentence that says it is done, "" when it was refused. `lead_to` is then the query of the page to go on with."""
        done: list[str] = []
        form = self.form
        attempt(form, lambda: done.append(steps.take_step(self.step, form.cleaned_data, self.blocs, self.user)))
        if done and self.step == "year":
            self.lead_to = {name: form.cleaned_data[name] for name in ("dang_bo", "nam")}
        return done[0] if done else ""

    def context(self) -> dict[str, Any]:
        opening = self._progress()
        of_bloc = known_years([self.bloc.organization_id]) if self.bloc else []
        return {
            "form": self.form,
            "step": self.step,
            "blocs": self.blocs.values(),
            "bloc": self.bloc,
            "year": self.year,
            "years": of_bloc,
            "plan": plan_of(self.bloc.organization, self.year, clock.today()) if self.bloc else None,
            "opened_by": self._opened_by(),
            "may_be_opened": self._may_be_opened(),
            "other_years": [year for year in self._years(of_bloc) if year != self.year],
            "progress": opening,
            "left": sum(not one.done for one in opening),
        }

    def _years(self, of_bloc: list[int]) -> list[int]:
        """Those that can be looked at here: opened ones, this one, the next towards the end of the year."""
        offered = years_to_open(self.bloc.organization, clock.today()) if self.bloc else []
        return sorted({*of_bloc, *offered, clock.today().year})

    def _opened_by(self) -> Period | None:
        """The period of the year, which tells when and by whom it was opened."""
        if self.bloc is None:
            return None
        rows = Period.objects.standing().filter(bloc=self.bloc.organization, year=self.year, quarter__isnull=True)
        return rows.select_related("added__by", "scheme").first()

    def _may_be_opened(self) -> bool:
        return MINYEAR < self.year <= last_year_to_open(clock.today())

    def _progress(self) -> list[Any]:
        if self.bloc is None:
            return steps_to_come()
        today = clock.today()
        held = access.capacities(self.user, self.bloc.organization, today)
        return steps_of(self.bloc, self.year, today, self.user, keeps=access.may_keep(Keep.TREE, held))
