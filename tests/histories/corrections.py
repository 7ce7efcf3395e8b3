"""What is put right afterwards."""

from indicators import targets
from indicators.closing import withdraw
from indicators.models import Closing
from ledger.acts import Refused
from ledger.documents import document
from ledger.models import Change
from ledger.undo import undo
from ratings.correct import Correction, correct
from ratings.models import MemberRating
from tests.indicators.board import indicator

from . import invariants
from .ground import Ground


class Corrections(Ground):
    def take_back(self):
        acts = list(Change.objects.filter(undoable=True, undone__isnull=True).order_by("-pk")[:12])
        undo(self.draw.choice(acts), reason="ghi nhầm", **self.act())

    def correct(self):
        rows = MemberRating.objects.filter(voided__isnull=True, period__locked__isnull=False, decided__isnull=False)
        row = self.one(rows.filter(on_roll=True))
        paper = document("9-QĐ", self.day, "Đảng ủy Khối")
        correct(
            [Correction(row=row, level=self.draw.choice([2, 3]))],
            reason="xét lại",
            **self.act(document=paper),
        )

    def target(self):
        years = sorted(invariants.locked_years())
        if not years:
            raise Refused("Chưa có năm nào.")
        self.set_target(self.draw.choice(years))

    def set_target(self, year):
        row = {(indicator("KN", year), self.world.org["K"]): self.draw.randint(1, 9)}
        targets.set_targets(row, **self.act())

    def withdraw(self):
        if self.draw.random() < 0.7:
            raise Refused("Để yên.")
        withdraw(self.one(Closing.objects.filter(voided__isnull=True)), reason="chốt lại", **self.act())
