"""The pages of a reorganization: what makes sense here, its form, its rehearsal, the act; and taking an act back."""

from datetime import timedelta
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from indicators.targets import targets
from inspections.handover.hand_over import left_open, pass_over
from ledger import clock
from ledger.models import Change, User
from ledger.numbers import day_in_words
from ledger.text import as_id, within_sentence
from ledger.undo import standing_in_the_way, told_as, undo
from ledger.web import carry
from ledger.web.forms import DayField, attempt
from members.identity.homonyms import tell_apart
from members.reorganizing.carry_out import carry_out
from organizations import access, history, lineage
from organizations.access import Keep
from organizations.forest import Forest
from organizations.frame import frame
from organizations.models import Kind, Organization
from organizations.staff.numbers import reverted

from .bloc_end_form import EndBlocForm
from .border_forms import ReceiveForm, SendAwayForm
from .destinations_form import PERSON
from .forms import (
    FoundForm,
    IntoCellForm,
    IntoCommitteeForm,
    LiftSectionForm,
    MoveForm,
    PutSectionForm,
    RegradeForm,
    RenameForm,
    UndoReorganizationForm,
)
from .ground import Ground
from .joining_forms import DissolveForm, MergeForm, SplitForm, UniteForm
from .rehearsal import carry_out_as_seen, rehearse
from .rehearsal_in_words import told
from .rehearsal_warnings import warn
from .root_forms import FoundAboveForm, FoundBesideForm

FORMS = (
    FoundForm,
    PutSectionForm,
    LiftSectionForm,
    RenameForm,
    MoveForm,
    MergeForm,
    UniteForm,
    SplitForm,
    IntoCommitteeForm,
    IntoCellForm,
    RegradeForm,
    DissolveForm,
    SendAwayForm,
    ReceiveForm,
    FoundBesideForm,
    FoundAboveForm,
    EndBlocForm,
)
REHEARSE, WRITE, AGAIN, GO_ON = "dien-tap", "ghi", "sua", "tiep"
BACK, GONE = "Hoạt động trở lại", "Không còn, như chưa thành lập"
SEAL = "dau"
NOT_CARRIED = {"csrfmiddlewaretoken", "buoc", SEAL, carry.FIELD}


class TreePage:
    """What both kinds of page begin with: the right to the tree at `code`, and the frame of the running year."""

    def __init__(self, user, code):
        self.user, self.code, self.today = user, code, clock.today()
        self.frame = frame(user, code, self.today.year)
        access.require_keep(user, Keep.TREE, self.frame.organization, self.today)
        self.letters = self.frame.sees_letters

    @property
    def root(self):
        """Code of the organization whose tree shows what was done: the one at which the user holds office."""
        return access.home_of(self.user)

    def context(self):
        return self.frame.context()

    def ground(self, day=None, needed=()):
        """The Ground of `day`, today's unless told; None where the organization or one `needed` did not stand."""
        forest = Forest.on(day or self.today)
        stands = {self.code, *needed} <= forest.keys()
        return Ground(forest, self.code, day or self.today, self.user) if stands else None

    def told(self, found, **words):
        """What the page says of a Rehearsal, each person told from their namesakes."""
        tell_apart(found.people.values(), self.user)
        return told(found, **words)


class ReorganizationsPage(TreePage):
    """The acts that make sense for an organization."""

    def context(self):
        ground = self.ground()
        offers = [form for form in FORMS if form.makes_sense(ground)] if ground else []
        return super().context() | {"offers": offers}


class ReorganizePage(TreePage):
    """One act on one organization. `sent`: what was posted, or None; `asked`: the query string.

    `form`: None while another organization must be chosen first (`choosing`).
    """

    def __init__(self, user, code, slug, sent, asked):
        super().__init__(user, code)
        self.sent, self.seen, self.form, self.since = sent, None, None, ""
        self.form_class = next((form for form in FORMS if form.slug == slug), None)
        now = self.ground()
        if now is None:
            raise Http404(f"{self.frame.place.name} không còn hoạt động nên không sắp xếp được nữa.")
        if self.form_class is None or not self.form_class.makes_sense(now):
            raise Http404(f"Việc này không dùng cho {within_sentence(Kind(now.here.kind).label)}.")
        source = asked if sent is None else sent
        self.step = source.get("buoc", "")
        self.choosing, chosen = self._choose(source, now)
        if chosen is None:
            return
        self.chosen = [(name, value) for name, values in chosen.items() for value in values]
        day = _day(source.get("tu_ngay", ""), self.today)
        ground = self.ground(day, [value for _, value in self.chosen]) if day else now
        self.form = self.form_class(sent, ground=ground or now, chosen=chosen)
        if sent is not None and ground is None:
            self.form.add_error(
                "tu_ngay", f"Vào ngày {day_in_words(day)} tổ chức này, hoặc tổ chức đã chọn, chưa hoạt động."
            )

    def _choose(self, source, ground):
        """(the form that is asked first or None, what was chosen or None while it is wanting)."""
        if self.form_class.Choosing is None:
            return None, {}
        form = self.form_class.Choosing(source if source else None, ground=ground)
        return form, form.chosen() if form.is_valid() else None

    def go_on(self):
        """Draws the form again with what its rows ask for, nothing of it judged yet."""
        if self.form is not None:
            self.form.silence()

    def rehearse(self):
        """Whether the act could be carried out; then `seen` tells what it would change."""
        return self.form is not None and attempt(self.form, self._rehearse)

    def _rehearse(self):
        day = self.form.cleaned_data["tu_ngay"]
        last = Change.objects.order_by("pk").values_list("pk", flat=True).last()
        rehearsal = rehearse(self._carry_out, day=day, letters=self.letters, warn=partial(warn, day=day))
        self.seen, self.seal = self.told(rehearsal), f"{last}-{rehearsal.seal}"

    def take(self):
        """Carries the act out as it was rehearsed; whether it was. What has become another act is rehearsed anew."""
        self.written = False
        return self.form is not None and attempt(self.form, self._write) and self.written

    def _write(self):
        last, _, seal = self.sent.get(SEAL, "").partition("-")
        self.written = carry_out_as_seen(self._carry_out, day=self.form.cleaned_data["tu_ngay"], seal=seal)
        if self.written:
            self.user = User.objects.get(pk=self.user.pk)  # whose offices may have ended by it
        else:
            self.since = _since(last, openly=self.letters)
            self._rehearse()

    def _carry_out(self):
        plan = self.form.plan()

        def also(change, organizations):
            self.change = change
            if rows := self.form.handed_on(plan, organizations):
                targets.hand_on(rows, change)
            if self.form.hands_over and (left := left_open(targets.ids_of(plan.ended), change.on).placed):
                pass_over(left, change)

        carry_out(plan, **self.form.act(self.user), also=[also])

    @property
    def done(self):
        """(sentence that it is done, code of the tree that shows it, the day) once it was written.

        The code is "" for who sees none of it any more: the office from which it was recorded ended with it.
        """
        day = self.form.cleaned_data["tu_ngay"]
        name = self.form.here.name
        sentence = f"Đã ghi: {within_sentence(self.form.title)}, {name}, từ {day_in_words(day)}."
        codes = [code for code in (self.form.landing, self.root) if code]
        return sentence, next((code for code in codes if self._opens(code, day.year)), ""), day

    def _opens(self, code, year):
        try:
            frame(self.user, code, year)
        except Http404:
            return False
        return True

    @property
    def way_back(self):
        """Address at which what was written can be taken back; "" where none of its organizations opens this year."""
        codes = history.organizations_of(self.change)
        opened = (
            code for code in sorted(codes, key=lambda code: code != self.code) if self._opens(code, self.today.year)
        )
        code = next(opened, "")
        return code and reverse("reorganize_undo", args=[code, self.change.pk])

    @property
    def template(self):
        name = "choose" if self.form is None else "rehearsed" if self.seen else self.form.template
        return f"reorganizations/{name}.html"

    def context(self):
        context = super().context() | {"act": self.form_class, "choosing": self.choosing}
        if self.form is None:
            return context
        context |= {"form": self.form, "chosen": self.chosen}
        if self.seen is None:
            return context
        return context | {"seen": self.seen, "since": self.since, "travelling": self._travelling()}

    def _travelling(self):
        """[(name, value)] of what was typed, for the hidden fields of the rehearsal."""
        names = [name for name in self.sent if name not in NOT_CARRIED]
        pairs = [(name, value) for name in names for value in self.sent.getlist(name)]
        typed = [(name, value) for name, value in pairs if value or not name.startswith(PERSON)]
        return [*typed, (SEAL, self.seal)]


def _since(last, *, openly):
    """What was done since the act with the id `last`, as a sentence; "" when no rehearsal has told the id.

    `openly`: also what others than those who keep inspections and letters are not told of by name.
    """
    if (pk := as_id(last)) is None:
        return ""
    acts = {act.pk: act.words for act in Change.objects.filter(pk__gt=pk)}
    discreet = {} if openly else told_as(acts)
    words = {", ".join(sorted(discreet.get(act, ()))) or verb for act, verb in acts.items()}
    done = f" (đã ghi: {'; '.join(sorted(words))})" if words else ""
    return f"Từ lúc diễn tập đã có thay đổi{done}, nên việc này chưa được ghi. Dưới đây là diễn tập lại."


def _day(text, today):
    """The day typed, None where it is none or lies ahead."""
    try:
        day = DayField().clean(text)
    except ValidationError:
        return None
    return day if day <= today else None


class UndoReorganizationPage(TreePage):
    """An act about an organization that is to be taken back. `sent`: what was posted, or None."""

    def __init__(self, user, code, pk, sent):
        super().__init__(user, code)
        self.change = next((act for act in history.acts(self.frame.organization) if act.pk == pk), None)
        if self.change is None:
            raise Http404("Không tìm thấy việc này trong lịch sử của tổ chức.")
        self._require_all()
        self.form = UndoReorganizationForm(sent)
        self.standing_in = self._standing_in()
        self.seen = None

    def _require_all(self):
        """403 where the act was about an organization that is, and was before it, another bloc's."""
        touched = Organization.objects.standing().filter(code__in=history.organizations_of(self.change))
        eve = self.change.on - timedelta(days=1)
        known = touched.filter(pk__in=lineage.places(eve).values("organization"))
        before, now = (access.capacities_of(self.user, known, day) for day in (eve, self.today))
        if not all(access.may_keep(Keep.TREE, before[o.pk] | now[o.pk]) for o in known):
            raise PermissionDenied("Việc này còn sắp xếp tổ chức của đảng bộ khác, nên không hủy được từ đây.")

    def _standing_in(self):
        if self.change.undone_id:
            return [f"Việc này đã được hủy ngày {day_in_words(self.change.undone.on)}."]
        if not self.change.undoable:
            return ["Việc này không hủy cả việc được; hãy ghi điều chỉnh."]
        return standing_in_the_way(self.change)

    def look(self):
        """Rehearses the undoing, so that the page can say what would come back."""
        if not self.standing_in:
            rehearsal = UndoReorganizationForm({"ly_do": "xem trước"})
            if not attempt(rehearsal, lambda: self._look(rehearsal)):
                self.standing_in = rehearsal.non_field_errors()

    def _look(self, form):
        rehearsal = rehearse(lambda: self._undo(form, only_looking=True), day=self.change.on, letters=self.letters)
        self.seen = self.told(rehearsal, came=BACK, went=GONE)

    def take(self):
        return attempt(self.form, lambda: self._undo(self.form))

    def _undo(self, form, **how):
        undo(self.change, by=self.user, on=self.today, reason=form.cleaned_data["ly_do"], **how)

    def context(self):
        return super().context() | {
            "change": self.change,
            "form": self.form,
            "standing_in": self.standing_in,
            "seen": self.seen,
            "staff": reverted(self.change),
        }
