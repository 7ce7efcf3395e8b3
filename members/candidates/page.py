"""The two pages of the pipeline: of an organization in a year, and of one candidate with the acts about them."""

from functools import cached_property, partial

from django.http import Http404
from django.urls import reverse

from ledger import clock
from ledger.acts import Refused
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.undo import undo
from ledger.web.page_acts import PageAct, PageActs
from members.candidates_visibility import year_of
from members.identity.alike import shown_to
from members.models import WAITING, CandidateRecord, CandidateStep, Stage
from members.register.consent_form import consent
from members.rights import may_be_taken_back
from members.standing_candidates import known_of
from members.verbs import CandidateVerb
from organizations import lineage
from organizations.access import Keep, capacities, capacities_of, may_keep, require_keep
from organizations.frame import frame
from organizations.models import Organization

from . import steps
from .amendments import amend, texts
from .forms import STEP_DAYS, AdvanceForm, AmendForm, CeremonyForm, StopForm, UndoStepForm
from .history import history
from .steps import Ceremony

NOT_FOUND = "Không tìm thấy người này trong nguồn kết nạp, trong phạm vi của đồng chí."
NOT_THIS_PAGE = "Trang không hiểu việc vừa gửi. Hãy tải lại trang rồi bấm lại nút."


class CandidatePage:
    """One candidate as `user` may see them, and the acts open to the user. `sent`: what was posted, with its `viec`."""

    def __init__(self, user, pk, sent=None):
        self.user, self.sent = user, sent
        self.here = _known(pk)
        self.pk, last, today = pk, self.here.last, clock.today()
        self.page = self._frame(last.organization.code)
        user_capacities = capacities(user, last.organization, today)
        self.may_keep, self.may_admit = may_keep(Keep.CANDIDATES, user_capacities), may_keep(Keep.ROLL, user_capacities)
        self.last_act = self._last_act()
        self.acts = PageActs(self._offered(), sent)
        for name, form in self.acts.forms.items():
            form.auto_id = f"id_{name}_%s"  # several stand on one page
            form.back = reverse("candidate", args=[pk]) if form.is_bound else ""

    def _frame(self, code):
        """Whose cell the user may not open is not found, in the words in which a number that nobody bears is not."""
        try:
            return frame(self.user, code, year_of(self.here))
        except Http404:
            raise Http404(NOT_FOUND) from None

    def _offered(self):
        """[PageAct] of what is open to this user at this stage."""
        candidacy = self.here
        if self.may_keep and (stage := self._step()):
            yield PageAct("buoc", form=lambda sent: AdvanceForm(sent, stage=stage), do=self._advance)
        if self.may_admit and candidacy.last.stage == Stage.DECIDED:
            ceremony = partial(CeremonyForm, record=candidacy.record, paper=candidacy.last.added.document)
            yield PageAct("ket-nap", form=ceremony, do=self._admit)
        if self.may_keep and candidacy.waits:
            yield PageAct("thoi", form=StopForm, do=self._stop)
        if self.may_keep and candidacy.last.stage != Stage.ADMITTED:
            yield PageAct("sua", form=partial(AmendForm, record=candidacy.record), do=self._amend)
        if self.last_act or self._sent_for("huy"):
            yield PageAct("huy", form=partial(UndoStepForm, change=self.last_act), do=self._undo)

    def _sent_for(self, name):
        return self.sent is not None and self.sent.get("viec") == name

    def _step(self):
        """The step that the form is about: the next, but the one it was opened at where it comes back; or None."""
        opened = self.sent.get("buoc") if self._sent_for("buoc") else None
        return next((stage for stage in STEP_DAYS if opened == str(stage.value)), self.next_stage)

    @property
    def next_stage(self):
        stage = self.here.last.stage
        return Stage(stage + 1) if stage + 1 in WAITING else None

    @property
    def candidate(self):
        return self.here.last.candidate

    def take(self):
        """Does what was posted; the sentence that says it is done, or "" with the reason left on its form."""
        errand = self.sent.get("viec")
        keep = Keep.ROLL if errand == "ket-nap" else Keep.CANDIDATES
        require_keep(self.user, keep, self.here.last.organization, clock.today())
        return self.acts.take()

    def _by(self, form):
        return {"by": self.user, "on": clock.today(), "reason": form.cleaned_data["ly_do"]}

    def _advance(self, form):
        if form.cleaned_data["buoc"] != str(form.stage.value):
            raise Refused(NOT_THIS_PAGE)
        act = form.act(self.user)
        steps.advance([(self.candidate, form.stage, act["on"])], **act)
        return f"{self.here.record}: đã ghi bước “{form.stage.label}”."

    def _admit(self, form):
        act, data = form.act(self.user), form.cleaned_data
        row = Ceremony(
            candidate=self.candidate,
            on=act["on"],
            ethnic_group=data["dan_toc"],
            youth=data["doan_vien"],
            consent=consent(data),
            others=form.others,
        )
        with form.asking():
            steps.admit_from([row], **act)
        return f"Đã kết nạp {self.here.record}."

    def _stop(self, form):
        act, data = form.act(self.user), form.cleaned_data
        steps.stop([(self.candidate, data["cach"], act["on"], data["ly_do"])], **act)
        return f"Đã đưa {self.here.record} ra khỏi nguồn kết nạp."

    def _amend(self, form):
        opened = {self.candidate: form.opened()}
        with form.asking(), form.held_against(lambda: texts(_known(self.pk).record)):
            amend({self.candidate: form.person()}, opened=opened, others=form.others, **self._by(form))
        return "Đã sửa lý lịch."

    def _undo(self, form):
        if self.last_act is None or form.cleaned_data["viec_so"] != str(self.last_act.pk):
            raise Refused(
                f"Việc ghi sau cùng nay là “{self.latest.words}”, ghi ngày {day_in_words(self.latest.at)}, nên không hủy gì "
                "thêm. Hãy mở lại trang để xem."
            )
        undo(self.last_act, **self._by(form))
        return f"Đã hủy việc “{self.last_act.words}”."

    @cached_property
    def latest(self):
        """The latest act about the candidate."""
        rows = [model.objects.filter(candidate=self.pk) for model in (CandidateRecord, CandidateStep)]
        latest = max(pk for of_model in rows for pair in of_model.values_list("added", "voided") for pk in pair if pk)
        return Change.objects.get(pk=latest)

    def _last_act(self):
        """The latest act, if it is one of the pipeline and the user may take it back whole."""
        change = self.latest
        if change.verb not in set(CandidateVerb) or not change.undoable or change.undone_id:
            return None
        self.people_of_last_act = _people(change)
        if change.verb == CandidateVerb.ADMIT and change.pk not in may_be_taken_back(self.user, [change]):
            return None
        places = Organization.objects.filter(candidate_steps__candidate__in=self.people_of_last_act).distinct()
        capacities_at = capacities_of(self.user, places, clock.today())
        return (
            change if all(may_keep(CandidateVerb(change.verb).kept_by, at) for at in capacities_at.values()) else None
        )

    def back(self):
        """(name of the page to show after an act, its arguments): the candidate's, or the list when they are gone."""
        if CandidateRecord.objects.standing().filter(candidate=self.pk).exists():
            return "candidate", [self.pk]
        return "candidates", [self.page.organization.code, self.page.year]

    def context(self):
        candidacy = self.here
        return self.page.context() | {
            "candidate": candidacy.record,
            "steps": [step for step in candidacy.steps if not step.passed],
            "last": candidacy.last,
            "waits": candidacy.waits,
            "cell": lineage.labels([candidacy.last.organization_id], candidacy.last.on)[candidacy.last.organization_id],
            "next_stage": self.next_stage,
            "forms": {name.replace("-", "_"): form for name, form in self.acts.forms.items()},
            "last_act": self.last_act,
            "others_in_act": len(self.people_of_last_act) - 1 if self.last_act else 0,
            "history": history(self.pk),
            "to_compare": shown_to(self.user, candidacy.record) if candidacy.waits else (),
            "misread": NOT_THIS_PAGE if self.sent is not None and self.acts.open is None else "",
        }


def _known(pk):
    if pk.bit_length() > 63:  # the database counts no further
        raise Http404(NOT_FOUND)
    try:
        return known_of([pk])[pk]
    except Refused:
        raise Http404(NOT_FOUND) from None


def _people(change):
    """Ids of the candidates an act was about."""
    rows = [model.objects.filter(added=change) for model in (CandidateRecord, CandidateStep)]
    return {pk for of_model in rows for pk in of_model.values_list("candidate", flat=True)}
