"""A candidate as the register knows them: the standing record and the standing steps; who waits, by name and birth."""

from collections import defaultdict
from dataclasses import dataclass

from ledger.acts import Refused
from ledger.text import search_key
from members.models import WAITING, CandidateRecord, CandidateStep


@dataclass(frozen=True)
class StandingCandidate:
    """A candidate as locked: the standing record and the standing steps in order."""

    record: CandidateRecord
    steps: list[CandidateStep]

    @property
    def last(self):
        return self.steps[-1]

    @property
    def waits(self):
        return self.last.stage in WAITING

    @property
    def own(self):
        """The last step of theirs; the cell may have passed them on since."""
        return next(step for step in reversed(self.steps) if not step.passed)

    def cell_on(self, day):
        return next((step for step in reversed(self.steps) if step.on <= day), self.steps[0]).organization

    def day_of(self, stage):
        """The day the candidate reached `stage`; None when not yet."""
        return next((step.on for step in self.steps if step.stage == stage and not step.passed), None)


def known_of(ids):
    """{id: Known} of the candidates `ids`; Refused when one of them was taken back."""
    records = {r.candidate_id: r for r in CandidateRecord.objects.standing().filter(candidate__in=ids)}
    steps = defaultdict(list)
    rows = CandidateStep.objects.standing().filter(candidate__in=ids)
    for step in rows.select_related("organization", "added__document").order_by("pk"):
        steps[step.candidate_id].append(step)
    if missing := set(ids) - records.keys():
        raise Refused(f"Người trong nguồn kết nạp số {min(missing)} đã bị hủy. Hãy tải lại trang.")
    return {pk: StandingCandidate(records[pk], steps[pk]) for pk in ids}


def key_of(name, born):
    """What tells one person from another in the pipeline: the folded name and the day of birth."""
    return search_key(name), born
