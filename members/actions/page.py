"""Between the page of an act about a person and its verb: who may, what is offered, what was typed, what is said."""

from contextlib import nullcontext

from django.core.exceptions import PermissionDenied

from ledger import clock
from ledger.acts import Refused
from ledger.numbers import day_in_words
from ledger.web.forms import attempt
from ledger.web.paging import NotHere
from members.identity.homonyms import tell_from_twins
from members.identity.others_form import OthersForm
from members.visibility import sight
from organizations import lineage
from organizations.access import capacities, may_keep, require_keep
from organizations.offices import issuer

from .standing import Standing
from .table import ERRANDS, GROUPS


def offered(seen):
    """[(heading, [Errand])] of what the user may record about the person of a Sight and makes sense today."""
    if not seen.whole:
        return []
    standing = Standing(seen)
    groups = [
        (heading, [errand for errand in errands if standing.may(errand.keep) and errand.fits(standing)])
        for heading, errands in GROUPS.items()
    ]
    return [(heading, errands) for heading, errands in groups if errands]


class MemberActionPage:
    """The page of the errand `key` about member `pk`; 404 for what the user may not see, 403 for what is not theirs.

    `sent`: what was typed, None on opening.
    """

    def __init__(self, user, pk, key, sent=None):
        self.user, self.seen = user, sight(user, pk)
        if key not in ERRANDS:
            raise NotHere("Không có việc như vậy. Hãy mở lại hồ sơ của đồng chí này.", way=self.seen.way)
        self.errand, self.standing = ERRANDS[key], Standing(self.seen)
        tell_from_twins(self.member, user)
        require_keep(user, self.errand.keep, self.standing.cell, clock.today())
        if not self.seen.whole:
            raise PermissionDenied("Việc này do nơi đồng chí ấy đang sinh hoạt ghi.")
        if sent is None and not self.errand.fits(self.standing):
            sentence = f"Lúc này không ghi “{self.errand.label}” cho đồng chí {self.member}. Hãy mở lại hồ sơ."
            raise NotHere(sentence, way=self.seen.way)
        self.form = self.errand.form(sent, standing=self.standing, initial={"co_quan": issuer(user)})
        self.warning = ""

    @property
    def member(self):
        return self.seen.member

    def take(self):
        """Whether what was sent was done; what was refused stands on the form."""
        return attempt(self.form, self._do)

    def _do(self):
        """Calls the verb; Refused when it, or the reach of the user on the day of the act, forbids it."""
        act = self.form.act(self.user)
        self._check_reach(act["on"])
        with self.form.asking() if isinstance(self.form, OthersForm) else nullcontext():
            self.warning = self.errand.do(self.standing, self.form.cleaned_data, act) or ""

    def _check_reach(self, day):
        then = next((spell for spell in self.seen.spells if spell.starts <= day < spell.ends), None)
        if then is None or then.organization_id == self.standing.cell.pk:
            return
        if not may_keep(self.errand.keep, capacities(self.user, then.organization, clock.today())):
            raise Refused(
                f"Ngày {day_in_words(day)} đồng chí {self.member} sinh hoạt ở nơi khác; việc của thời gian đó do nơi ấy "
                "hoặc Ban Tổ chức Đảng ủy Khối ghi."
            )

    @property
    def done(self):
        return f"Đã ghi “{self.errand.label}” cho đồng chí {self.member.called}."

    def context(self):
        offer, cell = self.standing.offer, self.standing.cell
        names = lineage.labels({cell.pk, offer.target_id if offer else cell.pk}, clock.today())
        return self.seen.context() | {
            "member": self.member,
            "errand": self.errand,
            "form": self.form,
            "offer": offer,
            "offered_to": names[offer.target_id] if offer else "",
            "cell": names[cell.pk],
        }
