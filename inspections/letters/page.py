"""The page of one letter: how it stands, its way from receipt to resolution, what followed, what may be done."""

from inspections import history
from inspections.discipline.consequences import from_file
from inspections.models import Forwarding, Letter, Outcome
from inspections.shared_actions import TIE, UNDO, Undo, tie, tie_form
from inspections.visibility import letter_for
from ledger import clock
from ledger.web.forms import attempt
from ledger.web.opened import carried
from ledger.web.page_acts import PageAct, PageActs
from members.identity.homonyms import tell_apart
from members.visibility import open_members
from organizations import access, lineage
from organizations.access import Keep

from . import forms, letters
from .letter_list import state_in_words, with_state


class LetterPage:
    """`asked`: the query string; `sent`: what was sent, or carried through the sign-in page, or None."""

    def __init__(self, user, pk, asked, sent):
        self.user, self.today = user, clock.today()
        self.sight = letter_for(user, pk)
        self.file, self.letter = self.sight.file, self.sight.letter
        self.stands = self.letter.voided_id is None
        self.keeps = self.sight.keeps
        self.passed = Forwarding.objects.standing().filter(file=self.file).first()
        outcomes = Outcome.objects.standing().filter(file=self.file)
        self.outcome = outcomes.select_related("result").first()
        self.told = history.of_letter(self.file, self.sight.versions)
        told = self.told if self.sight.ever_kept else ()
        self.undo = Undo(user, self.today, told, sent if sent is not None else asked)
        self.errands = PageActs([*self._offered(), *self.undo.errand()], sent, asked)

    def take(self):
        """Does the act that was sent; what it tells, or "" when it was refused. 403 for who does not keep this letter."""
        if not self.undo.found:
            self.sight.require_kept()
        return self.errands.take()

    def context(self):
        after = [f for f in from_file(self.file) if f.row]
        people = tell_apart((f.member for f in after if f.member), self.user)
        page = self.sight.frame
        return page.context() | {
            "letters_of": page.bloc.organization.code,
            "letter": self.letter,
            "stands": self.stands,
            "where": self._where(),
            "state": self._state(),
            "passed": self.passed,
            "outcome": self.outcome,
            "followed": after,
            "opens": open_members(self.user, [person.pk for person in people]),
            "told": self.told,
            "keeps": self.keeps,
            "undoes": self.sight.ever_kept,
            "errands": self.errands,
            "undo": self.undo.found,
            "undo_errand": UNDO,
        }

    def _where(self):
        key = (self.letter.organization_id, self.letter.received_on)
        return lineage.labels_at([key])[key]

    def _state(self):
        """How it stands today, in words."""
        if not self.stands:
            return "đã hủy"
        row = with_state(Letter.objects.filter(pk=self.letter.pk), self.today).get()
        return state_in_words(row, self.today)

    def _offered(self):
        if not self.keeps or not self.stands:
            return
        letter, first = self.letter, {"han": self.letter.due_on}
        if not letter.accepted_on and not self.passed:
            yield PageAct(
                name="thu-ly",
                label="Thụ lý",
                button="Ghi thụ lý",
                form=lambda d: forms.AcceptLetterForm(d, initial=first),
                do=self._accept,
            )
            yield PageAct(
                name="chuyen",
                label="Chuyển nơi khác",
                button="Ghi chuyển đơn",
                form=forms.ForwardForm,
                do=self._forward,
            )
        if letter.accepted_on and not letter.resolved_on:
            yield PageAct(
                name="giai-quyet",
                label="Giải quyết xong",
                button="Ghi giải quyết xong",
                form=forms.ResolveForm,
                do=self._resolve,
            )
            yield PageAct(
                name="gia-han",
                label="Gia hạn",
                button="Ghi gia hạn",
                form=forms.ExtendForm,
                do=self._extend,
            )
        if letter.resolved_on:
            yield PageAct(
                name="sua-ket-qua",
                label="Sửa kết quả",
                button="Ghi lại kết quả",
                form=self._resolved,
                do=self._resolve,
            )
        yield PageAct(
            name=TIE,
            label="Kỷ luật đảng viên",
            button="Ghi là có sau đơn này",
            form=lambda d: tie_form(letter, d, self.user),
            do=lambda f: tie(f, letter, self.user),
        )
        yield PageAct(
            name="sua",
            label="Sửa đơn đã ghi",
            button="Ghi lại đơn",
            form=self._correcting,
            do=self._correct,
        )

    def _resolved(self, data):
        initial = {"tu_ngay": self.letter.resolved_on, "ket_qua": self.outcome and self.outcome.result}
        return forms.ResolveForm(data, initial=initial)

    def _correcting(self, data):
        letter = self.letter
        initial = {"so_don": letter.number, "to_chuc": letter.organization_id, "tu_ngay": letter.received_on}
        initial |= {"han": letter.due_on, "luc_mo": carried(letters.texts(letter))}
        bloc = lineage.bloc_of(letter.organization, letter.received_on)
        places = spells_below(bloc.organization if bloc else letter.organization, letter.received_on)
        return letter_form(forms.CorrectLetterForm, data, places, initial)

    def _accept(self, form):
        rows = {self.letter: (form.cleaned_data["tu_ngay"], form.cleaned_data["han"])}
        letters.accept_letters(rows, **form.act(self.user))
        return f"Đã ghi thụ lý đơn {self.letter.number}."

    def _extend(self, form):
        letters.extend_deadlines({self.letter: form.cleaned_data["han"]}, **form.act(self.user))
        return f"Đã ghi gia hạn đơn {self.letter.number}."

    def _resolve(self, form):
        results = {self.letter: form.cleaned_data["ket_qua"]}
        letters.resolve_letters({self.letter: form.cleaned_data["tu_ngay"]}, results=results, **form.act(self.user))
        return f"Đã ghi giải quyết xong đơn {self.letter.number}."

    def _forward(self, form):
        rows = {self.letter: (form.cleaned_data["noi_nhan"], form.cleaned_data["tu_ngay"])}
        letters.forward_letters(rows, **form.act(self.user))
        return f"Đã ghi chuyển đơn {self.letter.number}."

    def _correct(self, form):
        typed = form.cleaned_data
        differences = {
            "number": typed["so_don"],
            "organization": form.organizations[typed["to_chuc"]],
            "received_on": typed["tu_ngay"],
            "due_on": typed["han"],
        }
        with form.held_against(lambda: letters.texts(Letter.objects.filter(file=self.file).latest("pk"))):
            opened = {self.letter: form.opened()}
            letters.correct_letters({self.letter: differences}, opened=opened, **form.act(self.user))
        return f"Đã ghi lại đơn {typed['so_don']}."


class NewLetter:
    """The page on which a letter is received, at the organization of `page` (a Frame). 403 for who keeps no letters."""

    def __init__(self, user, page, sent):
        access.require_keep(user, Keep.LETTERS, page.organization, page.day)
        self.user, self.page = user, page
        self.form = letter_form(forms.LetterForm, sent, spells_below(page.organization, page.day), {})

    def take(self):
        """The Letter received; None when it was refused."""
        made = []
        attempt(self.form, lambda: made.append(self._receive()))
        return made[0] if made else None

    def _receive(self):
        typed = self.form.cleaned_data
        row = letters.ReceivedLetter(
            number=typed["so_don"],
            organization=self.form.organizations[typed["to_chuc"]],
            received_on=typed["tu_ngay"],
            due_on=typed["han"],
        )
        return letters.register_letters([row], **self.form.act(self.user))[0]

    def context(self):
        return self.page.context() | {"form": self.form}


def spells_below(organization, day):
    """Spells of `organization` and those below it on `day`, by code."""
    below = lineage.below([organization], day)
    return list(lineage.places(day).filter(organization__in=below).order_by("organization__code"))


def letter_form(form, data, spells, initial):
    """A form about a letter of one of `spells`; its `organizations` are theirs by what is sent."""
    names = lineage.labels({s.organization_id for s in spells}, max((s.starts for s in spells), default=clock.today()))
    filled_form = form(
        data, places=[(str(s.organization_id), names[s.organization_id]) for s in spells], initial=initial
    )
    filled_form.organizations = {str(s.organization_id): s.organization for s in spells}
    return filled_form
