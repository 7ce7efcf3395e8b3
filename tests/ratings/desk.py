"""The rating desk of the small world: its period, sheets found by the cell's code, lines by given names."""

from datetime import date

from ledger.models import Document
from ratings import workflow
from ratings.models import MemberRating, OrganizationRating, Sheet
from ratings.periods import periods
from ratings.sheets import draft
from ratings.verdicts.verdicts import OrganizationVerdict, rate_organizations
from tests.world import PEOPLE

CELLS = tuple(PEOPLE)  # in the order of their codes
SUBORDINATE = tuple(code for code in CELLS if "-" in code)
GRASSROOTS = ("DB01", "DB02", "DB03", "CB01", "CB02")
SECTIONS = ("BP01",)
RATED = (*GRASSROOTS, *SECTIONS, *SUBORDINATE)


class Desk:
    """Acts of `year` are dated 01/12, those of a quarter the first of its last month, unless told otherwise."""

    def __init__(self, world, year=2017, quarter=None):
        self.world, self.year = world, year
        self.today = date(year, 3 * quarter if quarter else 12, 1)
        self.paper, _ = Document.objects.get_or_create(number="1-QĐ/XL", date=self.today, issuer="Đảng ủy")
        self.period = periods.open_period(year, quarter=quarter, **self.world.act(self.today))

    def by(self, on=None, **more):
        return self.world.act(on or self.today, **more)

    def sheet(self, code):
        return Sheet.objects.get(period=self.period, organization__code=code, voided__isnull=True)

    def sheets(self, *codes):
        return [self.sheet(code) for code in codes or CELLS]

    def state(self, code):
        return self.sheet(code).state

    def line(self, name):
        return MemberRating.objects.get(period=self.period, member=self.world.people[name], voided__isnull=True)

    def why(self, code):
        return self.period.scheme.reasons.get(code=code)

    def rate(self, on=None, **lines):
        """`lines`: {given name: rank or code of a reason}, put into the sheet of the cell each belongs to."""
        day = on or self.today
        cell = {name: code for code in CELLS if code in self.world.org for name in self.world.names(code, day)}
        sheets = {code: self.sheet(code) for code in {cell[name] for name in lines}}
        entries = {sheet: {} for sheet in sheets.values()}
        for name, entry in lines.items():
            rank = self.why(entry) if isinstance(entry, str) else entry
            entries[sheets[cell[name]]][self.world.people[name].pk] = rank
        draft.rate(entries, **self.by(day))

    def rate_all(self, rank=2, on=None, **others):
        """Everyone in the world at `rank`, but for `others`."""
        names = [name for code in CELLS for name in self.world.names(code, on or self.today)]
        self.rate(on, **(dict.fromkeys(names, rank) | others))

    def submit(self, *codes, on=None):
        workflow.submit(self.sheets(*codes), **self.by(on))

    def endorse(self, *codes, on=None):
        workflow.endorse(self.sheets(*codes), **self.by(on))

    def decide(self, *codes, on=None, document=..., levels=None, **more):
        """`levels`: {given name: (rank, why it differs)}."""
        people = self.world.people
        of = {people[n].pk: self.line(n).organization_id for n in levels or {}}
        levels = {(of[people[n].pk], people[n].pk): entry for n, entry in (levels or {}).items()}
        document = self.paper if document is ... else document
        workflow.decide(self.sheets(*codes), levels=levels, **self.by(on, document=document, **more))

    def accept(self, *codes, on=None):
        workflow.accept(self.sheets(*codes), **self.by(on))

    def send_back(self, *codes, reason):
        workflow.send_back(self.sheets(*codes), **self.by(reason=reason))

    def lock(self, on=None):
        periods.lock(self.period, **self.by(on or date(self.year + 1, 1, 16)))
        self.period.refresh_from_db()

    def decide_all(self, **others):
        self.rate_all(**others)
        self.submit(*SUBORDINATE)
        self.endorse(*SUBORDINATE)
        self.decide()

    def organization(self, code):
        return OrganizationRating.objects.get(period=self.period, organization__code=code, voided__isnull=True)

    def rate_organizations(self, on=None, document=..., **levels):
        """`levels`: {code with _ for -: rank, or code of a reason}."""
        rows = [
            OrganizationVerdict(organization=self.world.org[code.replace("_", "-")], **self._verdict(entry))
            for code, entry in levels.items()
        ]
        document = self.paper if document is ... else document
        rate_organizations(self.period, rows, **self.by(on, document=document))

    def _verdict(self, entry):
        if isinstance(entry, str):
            return {"reason": self.why(entry)}
        return entry if isinstance(entry, dict) else {"level": entry}

    def finish(self):
        """All the way to where only the lock is wanting."""
        self.decide_all()
        self.accept()
        self.rate_organizations(**{code.replace("-", "_"): 2 for code in RATED})
