"""What happens to those who may become members."""

from datetime import date

from ledger.acts import Refused
from members.candidates import steps
from members.candidates.amendments import amend
from members.candidates.steps import Ceremony, Recommendation
from members.models import Candidate, CandidateRecord, Stage
from members.register.arrivals import admit

from .ground import HistoryGround


class Pipeline(HistoryGround):
    def recommend(self):
        day = self.on()
        row = Recommendation(
            full_name=f"Lý Nguồn {self.number()}",
            sex="F",
            birth_date=date(1990, 3, 3),
            organization=self.cell(day),
            on=day,
            youth=self.draw.random() < 0.5,
        )
        steps.recommend([row], **self.act(day))

    def candidate(self):
        return self.one(Candidate.objects.filter(records__voided__isnull=True).distinct())

    def waiting(self, *stages):
        """The last step of one who waits at one of `stages`; Refused when there is none."""
        ids = CandidateRecord.objects.standing().values_list("candidate", flat=True)
        last = [known.last for known in steps.known_of(sorted(set(ids))).values()]
        found = [step for step in last if step.stage in stages]
        if not found:
            raise Refused("Không còn ai chờ ở bước đó.")
        return self.pick(found)

    def advance(self):
        day, step = self.on(), self.waiting(Stage.RECOMMENDED, Stage.CLASS, Stage.DOSSIER)
        steps.advance([(step.candidate, Stage(step.stage + 1), day)], **self.act(day))

    def stop_candidate(self):
        day, stage = self.on(), self.pick([Stage.STOPPED, Stage.WITHDRAWN])
        steps.stop([(self.candidate(), stage, day, "chuyển công tác")], **self.act(day))

    def amend_candidate(self):
        amend({self.candidate(): {"youth": self.draw.random() < 0.5}}, **self.act())

    def hold_ceremony(self):
        step = self.waiting(Stage.DECIDED)
        row = Ceremony(candidate=step.candidate, on=self.on(), ethnic_group=self.world.kinh)
        steps.admit_from([row], **self.act(row.on))

    def admit_unannounced(self):
        """One who waits is admitted as if nobody knew of the pipeline."""
        day = self.on()
        known = steps.known_of([self.candidate().pk]).popitem()[1]
        row = self.world.newcomer(known.record.full_name, "DB01-01", day, born=known.record.birth_date)
        admit([self.placed(row, day)], **self.act(day))
