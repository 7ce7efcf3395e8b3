"""What is put right afterwards."""

from datetime import date

from indicators.closing.closings import withdraw
from indicators.models import Closing, Indicator
from indicators.targets import targets
from ledger.acts import Refused
from ledger.documents import document
from ledger.models import Change
from ledger.undo import undo
from ratings.models import MemberRating
from ratings.sheets.correct import Correction, correct

from . import invariants
from .ground import HistoryGround


class Corrections(HistoryGround):
    def take_back(self):
        acts = list(Change.objects.filter(undoable=True, undone__isnull=True).order_by("-pk")[:12])
        undo(self.pick(acts), reason="ghi nhầm", **self.act())

    def correct(self):
        rows = MemberRating.objects.standing().filter(period__locked__isnull=False, decided__isnull=False)
        row = self.one(rows.filter(on_roll=True))
        paper = document("9-QĐ", self.day, "Đảng ủy Khối")
        correct(
            [Correction(row=row, level=self.pick([2, 3]))],
            reason="xét lại",
            **self.act(document=paper),
        )

    def target(self):
        years = sorted(invariants.locked_years())
        if not years:
            raise Refused("Chưa có năm nào.")
        self.set_target(self.pick(years))

    def set_target(self, year):
        bloc = self.bloc(min(self.day, date(year, 12, 31)))
        kn = Indicator.objects.filter(group__bloc=bloc, group__year=year, code="KN").first()
        if kn is None:
            raise Refused("Năm này của đảng bộ này chưa có nhóm chỉ tiêu.")
        targets.set_targets({(kn, bloc): self.draw.randint(1, 9)}, **self.act())

    def withdraw(self):
        if self.draw.random() < 0.7:
            raise Refused("Để yên.")
        withdraw(self.one(Closing.objects.standing()), reason="chốt lại", **self.act())
