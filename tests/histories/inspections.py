"""What is inspected, what was written about it, and the discipline that followed."""

from datetime import date, timedelta

from inspections.checks import register
from inspections.discipline import discipline
from inspections.letters import letters
from inspections.models import Inspection, InspectionSubject, Letter, Result
from ledger.documents import document

from .ground import HistoryGround


class Inspections(HistoryGround):
    def inspected(self, day):
        return self.place(day, but=self.bloc(day).code)

    def plan_inspection(self):
        day = self.on()
        conductor = self.bloc(day)
        done = self.pick([None, day])
        row = register.InspectionPlan(
            year=day.year,
            kind=self.pick(Inspection.Kind.values),
            title=f"Cuộc {self.number()}",
            conductor=conductor,
            subjects=tuple({self.place(day, but=conductor.code): done for _ in range(2)}.items()),
            planned=self.draw.random() < 0.7,
        )
        register.register_inspections([row], **self.act(day))

    def subject(self, **known):
        rows = InspectionSubject.objects.standing().filter(**known)
        return self.one(rows.select_related("inspection", "organization"))

    def add_subject(self):
        day, inspection = self.on(), self.one(Inspection.objects.standing())
        register.add_subjects([(inspection, self.inspected(day), None)], **self.act(day))

    def drop_subject(self):
        register.drop([self.subject()], **self.act(reason="hoãn"))

    def carry_out_inspection(self):
        day = self.on()
        register.carry_out({self.subject(): day}, **self.act(day, reason=self.pick(["", "ghi lại"])))

    def conclude(self):
        subject = self.subject(done_on__isnull=False)
        day = subject.done_on + timedelta(days=self.draw.randint(0, 60))
        finding = register.NewConclusion(subject=subject, on=day, text="Còn chậm")
        register.conclude([finding], **self.act(reason=self.pick(["", "viết lại"])))

    def discipline_organization(self):
        day = self.on()
        origin = self.pick([None, self.subject(done_on__isnull=False)])
        row = discipline.Decision(organization=self.inspected(day), kind=2, on=day, origin=origin)
        discipline.discipline_organizations([row], **self.act(day))

    def tie(self):
        origin = self.subject(done_on__isnull=False) if self.draw.random() < 0.5 else self.letter()
        rows = discipline.disciplines_to_tie(origin)
        if rows:
            discipline.tie([(rows[-1][1], origin)], **self.act())

    # Letters

    def receive_letter(self):
        day = self.on()
        row = letters.ReceivedLetter(
            number=f"{self.number()}/ĐT",
            organization=self.inspected(day),
            received_on=day,
            due_on=day + timedelta(days=60),
            accepted_on=self.pick([None, day]),
        )
        letters.register_letters([row], **self.act(day))

    def letter(self, **known):
        return self.one(Letter.objects.standing().filter(**known).select_related("organization"))

    def accept_letter(self):
        day = self.on()
        row = {self.letter(accepted_on__isnull=True): (day, day + timedelta(days=90))}
        letters.accept_letters(row, **self.act(day))

    def extend_letter(self):
        row = self.letter(resolved_on__isnull=True)
        paper = document("3-QĐ", self.day, "Ủy ban Kiểm tra")
        until = {row: row.due_on + timedelta(days=30)}
        letters.extend_deadlines(until, **self.act(min(row.due_on, self.day), document=paper))

    def resolve_letter(self):
        day, row = self.on(), self.letter(accepted_on__isnull=False)
        results = {row: self.one(Result.objects.all())} if self.draw.random() < 0.5 else {}
        letters.resolve_letters({row: day}, results=results, **self.act(day, reason=self.pick(["", "ghi lại"])))

    def forward_letter(self):
        day = self.on()
        letters.forward_letters({self.letter(): ("Ủy ban Kiểm tra Tỉnh ủy", day)}, **self.act(day))

    def correct_letter(self):
        row = self.letter()
        fixed = date(row.received_on.year, self.draw.randint(1, 12), 3)
        letters.correct_letters({row: {"received_on": fixed}}, **self.act(reason="ghi nhầm"))
