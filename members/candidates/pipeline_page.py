"""The page of the pipeline of admissions: who waits, how far they have come, who is to be led on."""

from datetime import date

from ledger import clock
from ledger.web.forms import attempt
from members.identity.alike import to_compare
from members.models import ENDED, WAITING
from organizations import lineage
from organizations.access import Keep, capacities, may_keep, require_keep
from organizations.models import CELLS

from . import pipeline, steps
from .forms import RecommendForm
from .steps import Recommendation

# Said of everybody: said only where somebody is known, it would tell that they are.
COMPARES = (
    "Trước khi kết nạp, Ban Tổ chức Đảng ủy Khối đối chiếu với danh sách đảng viên và nguồn kết nạp toàn Đảng bộ."
)


class PipelinePage:
    """The pipeline of an organization in a year. `page`: its Frame; `sent`: a filled RecommendForm, or None."""

    def __init__(self, user, page, sent=None):
        self.user, self.page = user, page
        today = clock.today()
        self.may_recommend = may_keep(Keep.CANDIDATES, capacities(user, page.organization, today))
        self.form = self._form(sent, today) if self.may_recommend else None

    def _form(self, sent, today):
        below = lineage.below([self.page.organization], today)
        cells = lineage.places(today).filter(organization__in=below, kind__in=CELLS).order_by("organization__code")
        labels = lineage.labels({spell.organization_id for spell in cells}, today)
        return RecommendForm(sent, cells=cells, labels=labels)

    def take(self):
        """Recommends whom the form names; the sentence that says it is done, or ""."""
        require_keep(self.user, Keep.CANDIDATES, self.page.organization, clock.today())
        form = self.form
        if not attempt(form, self._recommend):
            return ""
        return f"Đã ghi {form.cleaned_data['ho_ten']} vào nguồn kết nạp. {COMPARES}"

    def _recommend(self):
        form = self.form
        row = Recommendation(
            **form.person(), organization=form.cell, on=form.cleaned_data["tu_ngay"], others=form.others
        )
        with form.asking():
            steps.recommend([row], **form.act(self.user))

    @property
    def first(self):
        return date(self.page.year, 1, 1)

    def rows(self):
        return pipeline.listed(self.page.organization, self.first, self.page.day)

    def to_compare(self, known):
        """Ids of those of the Known who wait and may be somebody written already, as far as the user sees."""
        return set(to_compare(self.user, [one.record for one in known if one.waits]))

    def context(self):
        parts, total = pipeline.parts(self.page, self.first)
        shown = [*WAITING, *(stage for stage in ENDED if total[stage])]
        return self.page.context() | {
            "form": self.form if self.form and self.form.cells else None,
            "waiting": sum(total[stage] for stage in WAITING),
            "stages": [(stage, total[stage], stage in WAITING) for stage in shown],
            "parts": [(spell, [counted[stage] for stage in shown], lasted) for spell, counted, lasted in parts],
            "total": [total[stage] for stage in shown],
        }
