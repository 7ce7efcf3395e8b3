"""The figures counted a second time, in plain Python over whole tables: no lineage, no measure, no join."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache

from inspections.models import Inspection, InspectionSubject, Letter
from members.models import Admission, Membership
from organizations.models import OrganizationSpell
from ratings.models import MemberRating, OrganizationRating, Period, Sheet


def standing(model):
    return [row for row in model._base_manager.values() if row["voided_id"] is None]


class Recount:
    """`found`: Counter of (measure code, organization id, year)."""

    def __init__(self, windows):
        self.windows = windows
        self.spells = defaultdict(list)
        for row in standing(OrganizationSpell):
            self.spells[row["organization_id"]].append(row)
        self.spell_on = cache(self._spell_on)
        self.above = cache(self._above)
        self.found = Counter()
        for year, day, organization, codes in self._everything():
            for node in self.above(organization, day):
                self.found.update((code, node, year) for code in codes)
        for year, organization, codes in self._work():
            self.found.update((code, organization, year) for code in codes)

    def _spell_on(self, organization, day):
        return next((s for s in self.spells[organization] if s["starts"] <= day < s["ends"]), None)

    def _above(self, organization, day):
        """Ids from the organization up to the root of that day; nothing when it did not stand."""
        found = []
        while organization and (spell := self.spell_on(organization, day)):
            found.append(organization)
            organization = spell["parent_id"]
        return found

    def _window_of(self, day):
        return next((w for w in self.windows if w.first <= day <= w.last), None)

    def _everything(self):
        """(year, day, organization, measure codes) of every fact that counts along the tree."""
        yield from self._admissions()
        yield from self._member_ratings()
        yield from self._organization_ratings()
        yield from self._letters()
        for w in self.windows:
            yield from self._organizations(w)
            for row in standing(Membership):
                if row["starts"] <= w.last < row["ends"]:
                    yield w.year, w.last, row["organization_id"], ["members"]

    def _admissions(self):
        for row in standing(Admission):
            if row["organization_id"] is None or row["kind"] != "ADMITTED":
                continue
            for column, stem in (("ceremony", "admitted"), ("decided", "admitted_decided")):
                if w := self._window_of(row[column]):
                    codes = [stem, stem + "_youth"] if row["youth"] else [stem]
                    yield w.year, row[column], row["organization_id"], codes

    def _periods(self):
        last = {w.year: w.last for w in self.windows}
        return {p["id"]: (p["year"], last[p["year"]]) for p in standing(Period)}

    def _member_ratings(self):
        periods = self._periods()
        states = {s["id"]: s["state"] for s in Sheet.objects.values()}
        for row in standing(MemberRating):
            counted = states[row["sheet_id"]] in ("decided", "accepted", "locked")
            rank = row["decided"]
            if not (row["on_roll"] and counted and rank and row["reason_id"] is None):
                continue
            codes = ["rated", f"rated_{rank}"] + ["rated_good"] * (rank <= 2) + ["rated_top"] * (rank == 1)
            yield *periods[row["period_id"]], row["organization_id"], codes

    def _organization_ratings(self):
        periods = self._periods()
        for row in standing(OrganizationRating):
            if row["tier"] != "GRASSROOTS":
                continue
            codes, level = [], row["level"]
            if level:
                codes += ["organizations_rated", f"organizations_{level}"]
                codes += ["organizations_good"] * (level <= 2) + ["organizations_top"] * (level == 1)
                codes += ["organizations_exemplary"] * row["exemplary"]
            if row["task"]:
                codes += ["tasks_entered"] + ["tasks_done"] * (row["task"] != "FAILED")
            yield *periods[row["period_id"]], row["organization_id"], codes

    def _letters(self):
        for row in standing(Letter):
            if row["accepted_on"] is None:
                continue
            day = min(row["due_on"], row["resolved_on"] or date.max)
            in_time = row["resolved_on"] is not None and row["resolved_on"] <= row["due_on"]
            if w := self._window_of(day):
                codes = ["letters_due", "letters_in_time"] if in_time else ["letters_due"]
                yield w.year, day, row["organization_id"], codes

    def _organizations(self, w):
        finance = {
            row["organization_id"]
            for _, row in self._subjects("FINANCE")
            if row["done_on"] and w.first <= row["done_on"] <= w.last
        }
        for organization in list(self.spells):
            spell = self.spell_on(organization, w.last)
            if spell is None or spell["kind"] in ("KHOI", "DBBP"):
                continue
            codes = {
                "DBCS": ["grassroots", "committees"],
                "CBCS": ["grassroots", "grassroots_cells", "cells"],
                "CBTT": ["cells", "subordinate_cells"],
            }[spell["kind"]]
            checked = spell["kind"] != "CBTT" and organization in finance
            yield w.year, w.last, organization, codes + ["finance_checked"] * checked

    def _subjects(self, *kinds):
        inspections = {row["id"]: row for row in standing(Inspection)}
        for row in standing(InspectionSubject):
            inspection = inspections.get(row["inspection_id"])
            if inspection and inspection["kind"] in kinds:
                yield inspection, row

    def _work(self):
        """(year, conductor, measure codes): work counts for who did it and for nobody above."""
        last = {w.year: w.last for w in self.windows}
        stems = {"INSPECTION": "planned_inspections", "SUPERVISION": "planned_supervisions"}
        for inspection, row in self._subjects(*stems):
            year = inspection["year"]
            if not row["planned"] or self.spell_on(inspection["conductor_id"], last[year]) is None:
                continue
            stem = stems[inspection["kind"]]
            done = row["done_on"] is not None and row["done_on"] <= last[year]
            yield year, inspection["conductor_id"], ["planned", stem] + ["planned_done", stem + "_done"] * done
