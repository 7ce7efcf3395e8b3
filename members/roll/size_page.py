"""Organizations of an unusual size, on the profile; and the form that records the superior's written consent."""

from django.http import Http404

from ledger import clock
from ledger.web.forms import ActForm, attempt
from organizations import access, lineage
from organizations.access import Keep
from organizations.frame import frame
from organizations.models import Organization, SizeRule
from organizations.sizes import approve

from .sizes import warnings

FEW = 4  # so many notes stand open on the profile; more are folded


def panel(user, page):
    """Panel of the profile (organizations/profile_panels.py): the notes on the organization and on those below it."""
    below = Organization.objects.filter(pk__in=lineage.below([page.organization], page.day))
    notes = warnings(below, page.day)
    if not notes:
        return None
    may = access.may_keep(Keep.TREE, access.capacities(user, page.organization, clock.today()))
    open_notes = [note for note in notes if note.approval is None]
    return {
        "template": "members/roll/sizes.html",
        "wanting": open_notes,
        "agreed": [note for note in notes if note.approval],
        "fold": len(open_notes) > FEW,
        "may_approve": may,
    }


class ApprovalPage:
    """The consent to one organization's standing outside one rule. `sent`: what was posted, or None."""

    def __init__(self, user, code, rule, sent):
        today = clock.today()
        self.user, self.frame = user, frame(user, code, today.year)
        access.require_keep(user, Keep.TREE, self.frame.organization, today)
        self.note = next((n for n in warnings([self.frame.organization], today) if n.rule.pk == rule), None)
        if self.note is None:
            raise Http404(f"{self.frame.place.name} không cần văn bản đồng ý này.")
        self.form = ActForm(sent, initial={"tu_ngay": today})

    def take(self):
        rows = [(self.frame.organization, SizeRule.objects.get(pk=self.note.rule.pk))]
        return attempt(self.form, lambda: approve(rows, **self.form.act(self.user)))

    def context(self):
        return self.frame.context() | {"note": self.note, "form": self.form}
