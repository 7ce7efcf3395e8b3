"""What an organization says of itself, its level and task, and the page that also decides those below."""

from functools import cached_property

from django import forms
from django.db import transaction
from django.utils.text import capfirst

from ledger import clock
from ledger.acts import Refused
from ledger.text import clean_lines
from ledger.web.forms import PaperForm
from organizations.access import Act, may, require_rating
from ratings.inputs import PointsField
from ratings.judging.locking import CLOSED, Stale
from ratings.models import OrganizationRating, Sheet
from ratings.permits import STATES, Permit, of_organization

from .elsewhere import chosen_before
from .forms import KEPT, VerdictsForm, version_field
from .organizations_page import OrganizationsPage
from .verdicts import Proposal, propose, rate_organizations, record_tasks


class OrganizationRatingForm(forms.Form):
    """A form on one OrganizationRating; `ban` is the version of the row that the writer was shown."""

    ban = version_field()

    def __init__(self, data, row):
        super().__init__(data, initial={"ban": row.version})
        self.row = row

    def overtaken(self, row, words):
        """Somebody else wrote first: says what stands now and lets the same form be sent again."""
        self.data = self.data.copy()
        self.data["ban"] = str(row.version)
        self.add_error(None, f"Người khác vừa ghi: {words}. {KEPT}")


class ProposalForm(OrganizationRatingForm):
    """The level an organization proposes for itself: one of the scheme's, or points where the scheme goes by them."""

    def __init__(self, data, row, scheme, before=None):
        super().__init__(data, row)
        level, typed = chosen_before(before, scheme) if row.proposed is None else (row.proposed, row.points)
        if scheme.by_points:
            points = "" if typed is None else f"{typed.normalize():f}".replace(".", ",")
            self.fields["diem"] = PointsField(label="Điểm tự chấm (0 đến 100)", initial=points)
            return
        choices = [(level.rank, level.organization_label) for level in scheme.levels.all()]
        self.fields["muc"] = forms.TypedChoiceField(
            label="Mức tự đề nghị", choices=choices, coerce=int, initial=level, widget=forms.RadioSelect
        )
        self.fields["muc"].error_messages["required"] = "Hãy chọn một mức."

    def proposal(self, organization):
        data = self.cleaned_data
        return Proposal(
            organization=organization, level=data.get("muc"), points=data.get("diem"), version=data["ban"] or 0
        )


class TaskForm(OrganizationRatingForm):
    """The result of the yearly political task of a grassroots organization."""

    nhiem_vu = forms.ChoiceField(
        label="Kết quả lãnh đạo nhiệm vụ chính trị",
        choices=[(value, capfirst(label)) for value, label in OrganizationRating.Task.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một kết quả."},
    )

    def __init__(self, data, row, before=None):
        super().__init__(data, row)
        self.initial["nhiem_vu"] = row.task or (before.rating.task if before else "")


def task_permit(row, period, held):
    """Who proposes records the task too, also after the level was decided: it is a figure of its own."""
    permit = of_organization(Act.PROPOSE, row, period, held)
    if not may(Act.PROPOSE, held):
        return permit
    if row.tier != OrganizationRating.Tier.GRASSROOTS:
        return Permit(Act.PROPOSE, "Kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng.")
    return Permit(Act.PROPOSE, CLOSED if period.locked_id else "")


class VerdictsPage:
    """The page of levels of organizations with its forms, and the doors behind them.

    `data`: what was sent, or None. `viec` in it says which form: de-nghi, nhiem-vu or quyet-dinh.
    """

    def __init__(self, here, data=None, *, as_proposed=False):
        self.here, self.page = here, OrganizationsPage(here)
        self.errand = data.get("viec", "") if data is not None else ""
        self.error, self.status = None, 200
        scheme, own = here.period.scheme, self.page.own
        self.proposal = own and ProposalForm(self._mine(data, "de-nghi"), own.rating, scheme, own.before)
        self.task = own and TaskForm(self._mine(data, "nhiem-vu"), own.rating, own.before)
        self.verdicts = VerdictsForm(self._mine(data, "quyet-dinh"), self.page.rows, scheme, as_proposed=as_proposed)
        issuer = here.place.committee
        self.paper = PaperForm(self._mine(data, "quyet-dinh"), initial={"co_quan": issuer})
        self.why_over = data.get("ly_do", "") if data is not None else ""

    def _mine(self, data, errand):
        return data if self.errand == errand else None

    @property
    def permits(self):
        """{"propose", "task", "decide": Permit}; None where there is nothing to act on."""
        own, period, capacities = self.page.own, self.here.period, self.here.held
        first = self.page.rows[0].rating if self.page.rows else None
        return {
            "propose": own and of_organization(Act.PROPOSE, own.rating, period, capacities),
            "task": own and task_permit(own.rating, period, capacities),
            "decide": first and of_organization(self.page.act, first, period, capacities),
        }

    @property
    def shows_forms(self):
        """A cell proposes on its own sheet as long as that takes anything; until then only what was refused is here."""
        return self.status != 200 or not self._is_typed_on_the_sheet

    @cached_property
    def _is_typed_on_the_sheet(self):
        place, period = self.here.place, self.here.period
        if not place.holds_members:
            return False
        sheets = Sheet.objects.standing().filter(period=period, organization=place.organization_id)
        return sheets.filter(state__in=STATES[Act.RATE]).exists()

    def context(self):
        return {"levels": self, "levels_page": self.page, "permits": self.permits, "error": self.error}

    def take(self):
        """Does what the form asks; returns the sentence that says it is done, or None with `error` and `status` set."""
        door = {"de-nghi": ("propose", self._propose), "nhiem-vu": ("task", self._record)}
        door["quyet-dinh"] = ("decide", self._decide)
        try:
            if self.errand not in door:
                raise Refused("Không rõ việc cần làm. Hãy mở lại trang rồi bấm nút một lần nữa.")
            name, save = door[self.errand]
            require_rating(self.page.act if name == "decide" else Act.PROPOSE, self.here.held)
            self._require(self.permits[name])
            with transaction.atomic():
                return save()
        except Refused as refused:
            self.error = refused
        self.status = 409 if isinstance(self.error, Stale) else 400
        return None

    def _require(self, permit):
        if permit is None:
            raise Refused("Không có tổ chức nào để ghi ở đây.")
        if permit.why:
            raise Refused(permit.why)

    def _act(self, **more):
        return {"by": self.here.user, "on": clock.today(), **more}

    def _propose(self):
        _valid(self.proposal)
        try:
            propose(self.here.period, [self.proposal.proposal(self.here.organization)], **self._act())
        except Stale as stale:
            (row,) = stale.lines.values()
            self.proposal.overtaken(row, f"mức tự đề nghị {self.page.words.proposal(row)}")
            raise
        return "Đã ghi mức tự đề nghị."

    def _record(self):
        _valid(self.task)
        data, organization = self.task.cleaned_data, self.here.organization
        versions = {organization.pk: data["ban"] or 0}
        try:
            record_tasks(self.here.period, {organization: data["nhiem_vu"]}, versions=versions, **self._act())
        except Stale as stale:
            (row,) = stale.lines.values()
            self.task.overtaken(row, f"nhiệm vụ chính trị {row.get_task_display() or 'chưa có kết quả'}")
            raise
        return "Đã ghi kết quả nhiệm vụ chính trị."

    def _decide(self):
        _valid(self.verdicts)
        verdicts = self.verdicts.verdicts()
        if not verdicts:
            raise Refused("Chưa chọn mức cho tổ chức nào. Hãy chọn mức hoặc lý do ở ít nhất một dòng.")
        act = self._act(document=self.paper.paper(), reason=clean_lines(self.why_over))
        try:
            rate_organizations(self.here.period, verdicts, **act)
        except Stale as stale:
            self.verdicts.overtaken(stale.lines, self.page.words)
            raise
        except Refused as refused:
            raise self.verdicts.marked(refused) from refused
        return f"Đã ghi quyết định xếp loại {len(verdicts)} tổ chức."


def _valid(form):
    if not form.is_valid():
        raise Refused("Chưa ghi được. Hãy sửa những chỗ báo đỏ dưới đây rồi ghi lại.")
