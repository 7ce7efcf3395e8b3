"""What may be done on the page of an inspection: each act with its form and its verb."""

from inspections.discipline import discipline
from inspections.discipline.forms import OrganizationDisciplineForm
from inspections.shared_actions import TIE, tie, tie_form
from ledger.numbers import day_in_words
from ledger.web.page_acts import PageAct, chosen
from organizations import lineage

from . import forms, register


class InspectionActions:
    """The acts offered to who sees `sight`. `concluded`: keys of the subjects that have a conclusion."""

    def __init__(self, sight, concluded, asked):
        self.sight, self.user, self.asked = sight, sight.user, asked
        self.undone = [s for s in sight.subjects if s.done_on is None and s.handed_on is None]
        self.done = [s for s in sight.subjects if s.done_on]
        self.unconcluded = [s for s in self.done if s.key not in concluded]
        self.concluded = [s for s in self.done if s.key in concluded]

    def offered(self):
        """[PageAct] in the order of the page."""
        if self.sight.inspection.voided_id:
            return []
        return [*(self._kept() if self.sight.keeps else ()), *(self._decided() if self.sight.disciplines else ())]

    def _kept(self):
        lines = self._lines
        if self.undone:
            yield PageAct(
                name="hoan-thanh",
                label="Ghi hoàn thành",
                button="Ghi hoàn thành",
                form=lines(forms.CarryOutForm, self.undone),
                do=self._carry_out,
            )
        if self.unconcluded:
            yield PageAct(
                name="ket-luan",
                label="Ghi kết luận",
                button="Ghi kết luận",
                form=lines(forms.ConcludeForm, self.unconcluded),
                do=self._conclude,
            )
        yield PageAct(
            name="them",
            label="Thêm tổ chức",
            button="Thêm vào cuộc này",
            form=self._adding,
            do=self._add,
        )
        if self.undone:
            yield PageAct(
                name="bo",
                label="Bỏ khỏi kế hoạch",
                button="Bỏ khỏi kế hoạch",
                form=lines(forms.DropForm, self.undone),
                do=self._drop,
            )
        if self.done:
            yield PageAct(
                name="sua-ngay",
                label="Sửa ngày hoàn thành",
                button="Ghi lại ngày",
                form=lines(forms.CarryOutForm, self.done),
                do=self._carry_out,
            )
        if self.concluded:
            yield PageAct(
                name="sua-ket-luan",
                label="Viết lại kết luận",
                button="Ghi lại kết luận",
                form=lines(forms.ConcludeForm, self.concluded),
                do=self._conclude,
            )

    def _decided(self):
        if self.done:
            yield PageAct(
                name="ky-luat-to-chuc",
                label="Kỷ luật tổ chức",
                button="Ghi kỷ luật tổ chức",
                form=self._disciplining,
                do=self._discipline,
            )
        if self.subject_to_tie:
            yield PageAct(
                name=TIE,
                label="Kỷ luật đảng viên",
                button="Ghi là có sau cuộc này",
                form=self._tying,
                do=self._tie,
            )

    def _lines(self, form, subjects):
        lines = [(str(s.pk), self._label(s)) for s in subjects]
        return lambda data: form(data, lines=lines)

    def _label(self, subject):
        name = self.sight.names[subject.organization_id]
        return f"{name} (hoàn thành {day_in_words(subject.done_on)})" if subject.done_on else name

    def _chosen(self, form, subjects):
        return chosen(subjects, form.cleaned_data["dong"])

    def _carry_out(self, form):
        rows = dict.fromkeys(self._chosen(form, self.undone + self.done), form.cleaned_data["tu_ngay"])
        register.carry_out(rows, **form.act(self.user))
        return f"Đã ghi hoàn thành {len(rows)} lượt."

    def _conclude(self, form):
        day, text = form.cleaned_data["tu_ngay"], form.cleaned_data["noi_dung"]
        rows = [register.NewConclusion(subject=s, on=day, text=text) for s in self._chosen(form, self.done)]
        register.conclude(rows, **form.act(self.user))
        return f"Đã ghi kết luận cho {len(rows)} tổ chức."

    def _drop(self, form):
        rows = self._chosen(form, self.undone)
        register.drop(rows, **form.act(self.user))
        return f"Đã bỏ {len(rows)} lượt khỏi kế hoạch; lý do được giữ trong lịch sử."

    def _adding(self, data):
        there = {s.organization_id for s in self.sight.subjects}
        places = [
            s for s in pickable(self.sight.inspection.conductor, self.sight.day) if s.organization_id not in there
        ]
        more = {"places": places, "labels": lineage.labels({s.organization_id for s in places}, self.sight.day)}
        if data is not None and "tim_kiem" in data:
            return forms.AddForm.searched(data, **more)
        return forms.AddForm(data, **more)

    def _add(self, form):
        places = {str(s.organization_id): s.organization for s in form.places}
        rows = [(self.sight.inspection, places[pk], None) for pk in form.cleaned_data["to_chuc"]]
        register.add_subjects(rows, planned=form.cleaned_data["trong_ke_hoach"], **form.act(self.user))
        return f"Đã thêm {len(rows)} tổ chức."

    def _disciplining(self, data):
        lines = [(str(s.pk), self._label(s)) for s in self.done]
        return OrganizationDisciplineForm(data, lines=lines)

    def _discipline(self, form):
        (subject,) = chosen(self.done, [form.cleaned_data["to_chuc"]])
        decision = discipline.Decision(
            organization=subject.organization,
            kind=form.cleaned_data["hinh_thuc"],
            on=form.cleaned_data["tu_ngay"],
            origin=subject,
        )
        discipline.discipline_organizations([decision], **form.act(self.user))
        return "Đã ghi kỷ luật tổ chức."

    @property
    def subject_to_tie(self):
        """The subject whose consequences are asked for."""
        return next((s for s in self.done if str(s.pk) == self.asked.get("luot")), None)

    def _tying(self, data):
        return tie_form(self.subject_to_tie, data, self.user, luot=self.subject_to_tie.pk)

    def _tie(self, form):
        return tie(form, self.subject_to_tie, self.user)


def pickable(conductor, day):
    """Spells of those below `conductor` on `day`, those directly below it first."""
    below = lineage.below([conductor], day)
    spells = lineage.places(day).filter(organization__in=below).exclude(organization=conductor)
    return sorted(spells, key=lambda s: (s.parent_id != conductor.pk, s.organization.code))
