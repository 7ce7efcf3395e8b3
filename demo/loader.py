"""Plays the years 2013–2018 through the verbs, in the order of time."""

from datetime import date, timedelta

from django.db import connection, transaction

from indicators.models import Indicator
from indicators.targets import targets
from ledger import clock, months
from ledger.documents import document
from ledger.models import Installation, User
from members.identity.likeness import ANYBODY
from members.life import probation, statuses
from members.life.posts import post
from members.models import Entry, Exit, Membership, Post, Status
from members.register import arrivals, departures, moves
from members.register.arriving import Arrival
from members.reorganizing.carry_out import merge
from organizations import reorganize

from . import founding, pipeline, words
from .badges import play_badges
from .findings import play_findings
from .people import Inventor, Population
from .plan import MERGED, OPENING, OPENING_DAY, SEED, TODAY, YEARS
from .sheets import play_ratings
from .staff import play_staff
from .work import play_inspections

TAKEN_OVER_BY, INTO_CELL = "DB12", "DB12-02"
MOVED_CELL, MOVED_TO = "DB05-03", "DB06"
REORGANIZED_ON = date(2016, 7, 1)


class Loader:
    def __init__(self, password):
        self.password = password
        self.invent = Inventor(SEED)
        self.random = self.invent.random

    @transaction.atomic
    def load(self):
        Installation.objects.create(demo_day=TODAY)
        with clock.fixed(TODAY):
            self.by = User.objects.create_superuser("quantri", password=self.password, display_name="Quản trị hệ thống")
            self.org = founding.tree(self)
            self.by_id = {o.pk: o for o in self.org.values()}
            self.grassroots = [c for c in self.org if c.startswith("CB") or (c.startswith("DB") and "-" not in c)]
            self._opening()
            for year, plan in YEARS.items():
                self._year(year, plan)
                with connection.cursor() as cursor:
                    cursor.execute("ANALYZE")  # the planner has never seen these tables full
            pipeline.wait(self)
            founding.offices(self)
        Installation.objects.update(loaded=True)

    def paper(self, number, day, title, issuer="Đảng ủy Khối"):
        return document(number, day, issuer, title)

    def _opening(self):
        cells = [code for code in self.org if "-" in code or code.startswith("CB")]
        self.people = Population({self.org[c].pk: 26 if "-" not in c else 24 for c in cells})
        sizes = {c: self.random.randint(7, 12) for c in cells}
        while (gap := OPENING - sum(sizes.values())) != 0:
            code = self.random.choice(cells)
            step = 1 if gap > 0 else -1
            if 6 <= sizes[code] + step <= 15:
                sizes[code] += step
        self.members, rows = {}, []
        for code, size in sizes.items():
            for _ in range(size):
                born = self.invent.day(date(1953, 1, 1), date(1988, 12, 31))
                decided = self.invent.day(date(max(born.year + 20, 1975), 1, 1), date(max(born.year + 24, 2011), 11, 1))
                ceremony = decided + timedelta(days=10)
                rows.append(
                    Arrival(
                        member=self.invent.person(born=born),
                        others=ANYBODY,
                        organization=self.org[code],
                        on=OPENING_DAY,
                        decided=decided,
                        ceremony=ceremony,
                        official=min(months.after(ceremony, 12), OPENING_DAY),
                    )
                )
        saved = arrivals.enroll(rows, by=self.by, on=OPENING_DAY, reason="Lập danh sách ban đầu")
        for member, row in zip(saved, rows, strict=True):
            self._know(member, row.organization, OPENING_DAY, official=True)
        self._posts(saved)
        self.waiting = []  # admitted last year, still on probation: [(member, ceremony)]
        self.exempt, self.suspended = [], []

    def _know(self, member, organization, day, *, official):
        self.members[member.pk] = member
        self.people.add(member, organization.pk, day, official=official)

    def _posts(self, members):
        seen, rows = set(), []
        for member in members:
            cell = self.people.cell[member.pk]
            if cell not in seen:
                seen.add(cell)
                rows.append((member, self.by_id[cell], Post.Kind.SECRETARY))
        self.secretaries = {member.pk for member, _, _ in rows}
        post(rows, by=self.by, on=OPENING_DAY)

    # One year

    def _year(self, year, plan):
        last = min(date(year, 11, 20), TODAY)
        self._set_targets(year, plan)
        self._officialize(year)
        if year == REORGANIZED_ON.year:
            self._reorganize()
        self._arrive(year, plan, last)
        self._admit(year, plan)
        self._transfer(year)
        self._leave(year, plan, last)
        self._statuses(year, plan)
        play_badges(self, year)
        play_inspections(self, year, plan)
        play_ratings(self, year, plan)
        play_findings(self, year)
        play_staff(self, year)

    def _set_targets(self, year, plan):
        on = date(year, 1, 15)
        if year == min(YEARS):
            targets.set_groups(year, targets.eight_groups(year), by=self.by, on=on)
        elif year == 2018:
            targets.set_groups(year, targets.eight_groups(year), by=self.by, on=on, reason="Theo Quy định 132-QĐ/TW")
        else:
            targets.copy_groups(year, by=self.by, on=on)
        heads = list(Indicator.objects.filter(group__year=year, headline=True).order_by("group__order"))
        rows = {(i, self.org["K"]): t for i, t in zip(heads, plan.targets, strict=True)}
        rows |= {(heads[0], self.org[c]): n for c, n in self._shares(plan.targets[0]).items()}
        paper = self.paper(f"{year % 100 + 30}-NQ/ĐUK", on, f"Chỉ tiêu công tác xây dựng Đảng năm {year}")
        targets.set_targets(rows, by=self.by, on=on, document=paper)

    def standing(self):
        return [c for c in self.grassroots if c != MERGED or self.org[MERGED].pk in self.roof_of().values()]

    def roof_of(self):
        """{cell id: id of its grassroots organization} today in the play."""
        if not hasattr(self, "roofs"):
            self.roofs = {o.pk: self.org[c.split("-")[0]].pk for c, o in self.org.items() if "-" in c or c[:2] == "CB"}
        return self.roofs

    def sizes(self):
        """{code: members} of the grassroots organizations today in the play."""
        roofs, sizes = self.roof_of(), dict.fromkeys(self.standing(), 0)
        for cell in self.people.cell.values():
            sizes[self.by_id[roofs[cell]].code] += 1
        return sizes

    def _shares(self, total):
        """`total` divided among the grassroots organizations by their members, largest remainders first."""
        sizes = self.sizes()
        whole = sum(sizes.values())
        shares = {c: total * n // whole for c, n in sizes.items()}
        rest = sorted(sizes, key=lambda c: (-(total * sizes[c] % whole), c))
        for code in rest[: total - sum(shares.values())]:
            shares[code] += 1
        return {c: n for c, n in shares.items() if n}

    def _officialize(self, year):
        rows = {}
        for member, ceremony in self.waiting:
            if member.pk in self.people.cell and (day := months.after(ceremony, 12)) <= TODAY:
                rows[member] = day
                self.people.official.add(member.pk)
        if rows:
            probation.make_official(rows, by=self.by, on=max(rows.values()))
        self.recognised = {member.pk: day for member, day in rows.items()}
        self.waiting = []

    def _reorganize(self):
        on = REORGANIZED_ON
        paper = self.paper("215-QĐ/ĐUK", date(2016, 6, 20), "Sắp xếp tổ chức đảng")
        roofs = self.roof_of()
        merge(
            [self.org[MERGED]],
            self.org[TAKEN_OVER_BY],
            cells={self.org[MERGED]: self.org[INTO_CELL]},
            by=self.by,
            on=on,
            document=paper,
        )
        old, new = self.org[MERGED].pk, self.org[INTO_CELL].pk
        self.people.limits[new] += 30
        for pk in [pk for pk, cell in self.people.cell.items() if cell == old]:
            self.people.move(pk, new, on)
        del roofs[old], self.people.limits[old]
        reorganize.rename({self.org[TAKEN_OVER_BY]: f"Đảng bộ {words.RENAMED}"}, by=self.by, on=on, document=paper)
        reorganize.move({self.org[MOVED_CELL]: self.org[MOVED_TO]}, by=self.by, on=on, document=paper)
        roofs[self.org[MOVED_CELL].pk] = self.org[MOVED_TO].pk

    def _cells_with_room(self, count):
        """`count` cells that can take one more each, larger ones oftener."""
        chosen, sizes = [], dict(self.people.size)
        cells = sorted(self.people.limits)
        while len(chosen) < count:
            cell = self.random.choices(cells, [sizes[c] + 4 for c in cells])[0]
            if sizes[cell] < self.people.limits[cell]:
                sizes[cell] += 1
                chosen.append(self.by_id[cell])
        return chosen

    def _arrive(self, year, plan, last):
        rows = []
        for cell in self._cells_with_room(plan.arrived):
            born = self.invent.day(date(year - 52, 1, 1), date(year - 30, 12, 31))
            decided = self.invent.day(date(year - 8, 1, 1), date(year - 3, 12, 31))
            ceremony = decided + timedelta(days=9)
            rows.append(
                Arrival(
                    member=self.invent.person(born=born),
                    others=ANYBODY,
                    organization=cell,
                    on=self.invent.day(date(year, 7, 5), last),
                    decided=decided,
                    ceremony=ceremony,
                    official=months.after(ceremony, 12),
                    entry=Entry.ARRIVED,
                )
            )
        for member, row in zip(arrivals.enroll(rows, by=self.by, on=last), rows, strict=True):
            self._know(member, row.organization, row.on, official=True)

    def _admit(self, year, plan):
        rows = []
        cells = self._cells_with_room(plan.admitted)
        for i, cell in enumerate(cells):
            youth = i < plan.youth
            born = self.invent.day(date(year - (30 if youth else 45), 1, 1), date(year - (20 if youth else 31), 12, 31))
            ceremony = self.invent.day(date(year, 7, 2), date(year, 11, 10))
            if i % 3 == 0 and cell.code != MERGED:
                ceremony = self.invent.day(date(year, 2, 1), date(year, 6, 30))
                if cell.code in (MOVED_CELL, INTO_CELL) and year == 2016:
                    ceremony = date(2016, 7, 1)
            rows.append(
                Arrival(
                    member=self.invent.person(born=born),
                    others=ANYBODY,
                    organization=cell,
                    on=ceremony,
                    decided=ceremony - timedelta(days=self.random.randint(5, 25)),
                    ceremony=ceremony,
                    youth=youth,
                    entry=Entry.ADMITTED,
                )
            )
        rows = pipeline.lead_up(self, rows, year)
        for member, row in zip(arrivals.admit(rows, by=self.by, on=date(year, 11, 10)), rows, strict=True):
            self._know(member, row.organization, row.on, official=False)
            self.waiting.append((member, row.ceremony))

    def _settled(self, year, floor=5):
        """Official members who were there before the year and hold no office, in a fixed random order."""
        busy = self.secretaries | {m.pk for m in self.exempt} | {m.pk for m in self.suspended}
        pks = [
            pk
            for pk in sorted(self.people.cell)
            if self.people.may_go(pk, floor) and self.people.since[pk] < date(year, 1, 1) and pk not in busy
        ]
        self.random.shuffle(pks)
        return pks

    def _transfer(self, year):
        on = date(year, 9, 15)
        rows = []
        for pk, cell in zip(self._settled(year), self._cells_with_room(12), strict=False):
            if cell.pk != self.people.cell[pk] and self.people.room(cell.pk) > 0 and self.people.may_go(pk):
                rows.append((self.members[pk], cell, on))
                self.people.move(pk, cell.pk, on)
        moves.transfer(rows, by=self.by, on=on)

    def _leave(self, year, plan, last):
        died, expelled, struck, resigned, abroad = plan.left
        ways = [Exit.DEPARTED] * plan.departed + [Exit.EXPELLED] * expelled + [Exit.STRUCK] * struck
        ways += [Exit.RESIGNED] * resigned + [Exit.ABROAD] * abroad + [Exit.DIED] * died
        rows, pks = [], iter(self._settled(year, floor=6))
        for i, way in enumerate(ways):
            pk = next(pk for pk in pks if self.people.may_go(pk, 6))
            # The last of the year dies on 31 December, off the roll of that day (design §3).
            final = i == len(ways) - 1 and year < TODAY.year
            day = date(year, 12, 31) if final else self.invent.day(date(year, 2, 1), last)
            if pk in self.recognised:  # nobody leaves before what was decided about them this year
                day = max(day, self.recognised[pk] + timedelta(days=1))
            rows.append((self.members[pk], day, way))
            if final:
                self.last_death = rows.pop()
            else:
                self.people.remove(pk)
        departures.leave(rows, by=self.by, on=last)

    def leave_on_the_last_day(self):
        member, day, way = self.last_death
        departures.leave([(member, day, way)], by=self.by, on=day)
        self.people.remove(member.pk)

    def _statuses(self, year, plan):
        on = date(year, 12, 1)
        if self.suspended:
            back = [m for m in self.suspended if m.pk in self.people.cell]
            statuses.lift_status(back, Status.Kind.SUSPENDED, by=self.by, on=date(year, 2, 1))
        self.suspended = []
        self.exempt = [m for m in self.exempt if m.pk in self.people.cell]
        dying = self.last_death[0].pk if year < TODAY.year else None
        pks = [pk for pk in self._settled(year) if pk != dying]
        pks.sort(key=lambda pk: self.members[pk].birth_date.year > year - 57)  # the oldest are exempted first
        chosen = [self.members[pk] for pk in pks[: plan.exempt - len(self.exempt)]]
        statuses.exempt(chosen, by=self.by, on=on)
        self.exempt += chosen
        self.suspended = [self.members[pk] for pk in pks[-plan.suspended :]]
        statuses.suspend(self.suspended, by=self.by, on=on)

    def roll_by_cell(self, day):
        by_cell = {}
        for pk, cell in Membership.objects.on(day).values_list("member_id", "organization_id"):
            by_cell.setdefault(cell, []).append(pk)
        return {cell: sorted(pks) for cell, pks in sorted(by_cell.items())}
