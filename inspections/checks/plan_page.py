"""The page on which an inspection is put into the plan of a year, with its organizations."""

from ledger import clock
from ledger.web.forms import attempt
from organizations import access, lineage
from organizations.access import Keep
from organizations.models import Kind

from . import forms, register
from .actions import pickable


class PlanPage:
    """Of the organization of `page` (a Frame) as conductor. 403 for who keeps no inspections there."""

    def __init__(self, user, page, sent):
        access.require_keep(user, Keep.INSPECTIONS, page.organization, page.day)
        self.user, self.page, self.sent = user, page, sent
        self.searching = sent is not None and "tim_kiem" in sent
        self.form = self._form()

    def _form(self):
        places = pickable(self.page.organization, self.page.day)
        running = self.page.year == clock.today().year
        years = [self.page.year, self.page.year + 1] if running else [self.page.year]
        more = {
            "years": years,
            "places": places,
            "labels": lineage.labels({s.organization_id for s in places}, self.page.day),
        }
        if self.searching:
            return forms.PlanForm.searched(self.sent, **more)
        group = "co-so" if self.page.place.kind == Kind.KHOI else ""
        return forms.PlanForm(self.sent, initial={"nhom": group, "tu_ngay": clock.today()}, **more)

    def take(self):
        """The Inspection made; None when it was refused, or when organizations are still searched for."""
        made = []
        if not self.searching:
            attempt(self.form, lambda: made.append(self._register()))
        return made[0] if made else None

    def _register(self):
        typed = self.form.cleaned_data
        places = {str(s.organization_id): s.organization for s in self.form.places}
        plan = register.InspectionPlan(
            year=typed["nam"],
            kind=typed["loai"],
            title=typed["noi_dung"],
            conductor=self.page.organization,
            subjects=tuple((places[pk], typed["xong_ngay"]) for pk in typed["to_chuc"]),
            planned=typed["trong_ke_hoach"],
        )
        return register.register_inspections([plan], **self.form.act(self.user))[0]

    def context(self):
        return self.page.context() | {"form": self.form}
