"""How levels of organizations are typed: one's own proposal and task, and the decisions on those below."""

from django import forms
from django.db import transaction

from ledger import clock
from ledger.acts import Refused
from ledger.fields import CleanFormField
from organizations.access import Act, may, require_rating

from .committee import OrganizationsPage
from .guard import CLOSED, Stale
from .models import OrganizationRating, Reason
from .permits import Permit, of_organization
from .record import Proposal, Verdict, propose, rate_organizations, record_tasks
from .steps import PaperForm
from .typed import points

KEPT = "Điều đồng chí chọn vẫn ở đây; bấm ghi lần nữa nếu vẫn muốn thay."


class PointsField(forms.CharField):
    """Points as they are typed: 87,5 or 87.5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return points((value or "").strip())


def version_field():
    return forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())


class RowForm(forms.Form):
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


class ProposalForm(RowForm):
    """The level an organization proposes for itself: one of the scheme's, or points where the scheme goes by them."""

    def __init__(self, data, row, scheme):
        super().__init__(data, row)
        if scheme.by_points:
            points = "" if row.points is None else f"{row.points.normalize():f}".replace(".", ",")
            self.fields["diem"] = PointsField(label="Điểm tự chấm (0 đến 100)", initial=points)
            return
        choices = [(level.rank, level.organization_label) for level in scheme.levels.all()]
        self.fields["muc"] = forms.TypedChoiceField(
            label="Mức tự đề nghị", choices=choices, coerce=int, initial=row.proposed, widget=forms.RadioSelect
        )
        self.fields["muc"].error_messages["required"] = "Hãy chọn một mức."

    def proposal(self, organization):
        data = self.cleaned_data
        return Proposal(
            organization=organization, level=data.get("muc"), points=data.get("diem"), version=data["ban"] or 0
        )


class TaskForm(RowForm):
    """The result of the yearly political task of a grassroots organization."""

    nhiem_vu = forms.ChoiceField(
        label="Kết quả lãnh đạo nhiệm vụ chính trị",
        choices=[(value, label[:1].upper() + label[1:]) for value, label in OrganizationRating.Task.choices],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một kết quả."},
    )

    def __init__(self, data, row):
        super().__init__(data, row)
        self.initial["nhiem_vu"] = row.task


class VerdictsForm(forms.Form):
    """A level or a reason for each of `rows` ([OrganizationRow]); those left as they were opened are not written.

    Fields of a row by its id: `muc_` (rank, or r and the id of a reason), `tieu_bieu_`, `khac_` (why it differs from
    the proposal), `ban_` (version shown), `cu_` (what was shown).
    """

    def __init__(self, data, rows, scheme, *, as_proposed=False):
        super().__init__(data)
        self.as_proposed = as_proposed  # opened with the proposals filled in where nothing is decided yet
        self.rows = {row.rating.pk: row for row in rows}
        reasons = scheme.reasons.filter(of_organizations=True).exclude(kind=Reason.Kind.CEILING)
        self.reasons = {f"r{reason.pk}": reason for reason in reasons}
        levels = [(str(level.rank), level.organization_label) for level in scheme.levels.all()]
        left_out = [(key, reason.label) for key, reason in self.reasons.items()]
        self.choices = [("", "Chưa ghi"), ("Xếp loại", levels), ("Không xếp loại", left_out)]
        for row in rows:
            self._fields_of(row)

    def _fields_of(self, row):
        pk, now = row.rating.pk, _now(row.rating)
        chosen = str(row.rating.proposed or "") if self.as_proposed and not row.is_rated else now["muc"]
        name = row.place.name
        self.fields |= {
            f"muc_{pk}": forms.ChoiceField(
                label=f"Mức của {name}", choices=self.choices, required=False, initial=chosen
            ),
            f"tieu_bieu_{pk}": forms.BooleanField(label="Tiêu biểu", required=False, initial=now["tieu_bieu"]),
            f"khac_{pk}": CleanFormField(
                label="Lý do khác mức tự đề nghị", max_length=300, required=False, initial=now["khac"]
            ),
            f"ban_{pk}": version_field(),
            f"cu_{pk}": forms.CharField(required=False, initial=_joined(now), widget=forms.HiddenInput()),
        }
        self.fields[f"ban_{pk}"].initial = row.rating.version
        self.fields[f"muc_{pk}"].error_messages["invalid_choice"] = "Mức này không có trong danh sách. Hãy chọn lại."

    def lines(self):
        """[(OrganizationRow, {part of the name: bound field})] for the template."""
        parts = ("muc", "tieu_bieu", "khac", "ban", "cu")
        return [(row, {part: self[f"{part}_{pk}"] for part in parts}) for pk, row in self.rows.items()]

    def verdicts(self):
        """[Verdict] of the rows that were changed and given a level or a reason."""
        return [self._verdict(row) for pk, row in self.rows.items() if self._is_given(pk)]

    def _typed(self, pk):
        return {part: self.cleaned_data.get(f"{part}_{pk}") for part in ("muc", "tieu_bieu", "khac")}

    def _is_given(self, pk):
        typed = self._typed(pk)
        return bool(typed["muc"]) and _joined(typed) != self.cleaned_data.get(f"cu_{pk}")

    def _verdict(self, row):
        typed = self._typed(row.rating.pk)
        reason = self.reasons.get(typed["muc"])
        level = None if reason else int(typed["muc"])
        return Verdict(
            organization=row.rating.organization,
            level=level,
            reason=reason,
            exemplary=typed["tieu_bieu"],
            difference=typed["khac"] if level and level != row.rating.proposed else "",
            version=self.cleaned_data[f"ban_{row.rating.pk}"] or 0,
        )

    @property
    def faulty(self):
        """[(id of the field, name of the organization)] of the rows with something to put right."""
        if not self.is_bound:
            return []
        return [
            (fields["muc"].id_for_label, row.place.name)
            for row, fields in self.lines()
            if fields["muc"].errors or fields["khac"].errors
        ]

    def marked(self, refused):
        """The refusal with the organization's name for its code, and its row marked; as it is when it names none."""
        code, _, said = refused.messages[0].partition(": ")
        for pk, row in self.rows.items():
            if row.rating.organization.code == code:
                self.add_error(f"muc_{pk}", said[:1].upper() + said[1:])
                return Refused(f"{row.place.name}: {said}")
        return refused

    def overtaken(self, stale, words):
        """Tells of each row another wrote first what stands there now; what was typed stays."""
        self.data = self.data.copy()
        for rating in stale.values():
            self.data[f"ban_{rating.pk}"] = str(rating.version)
            self.data[f"cu_{rating.pk}"] = _joined(_now(rating))
            said = words.organization(rating)
            said += f", tổ chức tự đề nghị {words.proposal(rating)}" if rating.proposed else ""
            self.add_error(f"muc_{rating.pk}", f"Người khác vừa ghi: {said}. {KEPT}")


def _now(rating):
    """What stands, as the form types it."""
    choice = f"r{rating.reason_id}" if rating.reason_id else str(rating.level or "")
    return {"muc": choice, "tieu_bieu": rating.exemplary, "khac": rating.difference}


def _joined(typed):
    return f"{typed['muc']}|{int(bool(typed['tieu_bieu']))}|{typed['khac'] or ''}"


def task_permit(row, period, held):
    """Who proposes records the task too, also after the level was decided: it is a figure of its own."""
    permit = of_organization(Act.PROPOSE, row, period, held)
    if not may(Act.PROPOSE, held):
        return permit
    if row.tier != OrganizationRating.Tier.GRASSROOTS:
        return Permit(Act.PROPOSE, "Kết quả nhiệm vụ chính trị ghi cho tổ chức cơ sở đảng.")
    return Permit(Act.PROPOSE, CLOSED if period.locked_id else "")


class OrganizationsDesk:
    """The page of levels of organizations with its forms, and the doors behind them.

    `data`: what was sent, or None. `viec` in it says which form: de-nghi, nhiem-vu or quyet-dinh.
    """

    def __init__(self, desk, data=None, *, as_proposed=False):
        self.desk, self.page = desk, OrganizationsPage(desk)
        self.errand = data.get("viec", "") if data is not None else ""
        self.error, self.status = None, 200
        scheme, own = desk.period.scheme, self.page.own
        self.proposal = own and ProposalForm(self._mine(data, "de-nghi"), own.rating, scheme)
        self.task = own and TaskForm(self._mine(data, "nhiem-vu"), own.rating)
        self.verdicts = VerdictsForm(self._mine(data, "quyet-dinh"), self.page.rows, scheme, as_proposed=as_proposed)
        issuer = desk.place.name.replace("Đảng bộ", "Đảng ủy", 1)
        self.paper = PaperForm(self._mine(data, "quyet-dinh"), initial={"co_quan": issuer})
        self.why_over = data.get("ly_do", "") if data is not None else ""

    def _mine(self, data, errand):
        return data if self.errand == errand else None

    @property
    def permits(self):
        """{"propose", "task", "decide": Permit}; None where there is nothing to act on."""
        own, period, held = self.page.own, self.desk.period, self.desk.held
        first = self.page.rows[0].rating if self.page.rows else None
        return {
            "propose": own and of_organization(Act.PROPOSE, own.rating, period, held),
            "task": own and task_permit(own.rating, period, held),
            "decide": first and of_organization(self.page.act, first, period, held),
        }

    @property
    def shows_forms(self):
        """A cell proposes on its own sheet; here its forms come back only when what they sent was refused."""
        return not self.desk.place.holds_members or self.status != 200

    def context(self):
        return {"levels": self, "levels_page": self.page, "permits": self.permits, "error": self.error}

    def save(self):
        """Does what the form asks; returns the sentence that says it is done, or None with `error` and `status` set."""
        door = {"de-nghi": ("propose", self._propose), "nhiem-vu": ("task", self._record)}
        door["quyet-dinh"] = ("decide", self._decide)
        try:
            name, save = door[self.errand]
            require_rating(self.page.act if name == "decide" else Act.PROPOSE, self.desk.held)
            self._require(self.permits[name])
            with transaction.atomic():
                return save()
        except KeyError:
            self.error = Refused("Không rõ việc cần làm. Hãy mở lại trang rồi bấm nút một lần nữa.")
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
        return {"by": self.desk.user, "on": clock.today(), **more}

    def _propose(self):
        _valid(self.proposal)
        try:
            propose(self.desk.period, [self.proposal.proposal(self.desk.organization)], **self._act())
        except Stale as stale:
            (row,) = stale.lines.values()
            self.proposal.overtaken(row, f"mức tự đề nghị {self.page.words.proposal(row)}")
            raise
        return "Đã ghi mức tự đề nghị."

    def _record(self):
        _valid(self.task)
        data, organization = self.task.cleaned_data, self.desk.organization
        versions = {organization.pk: data["ban"] or 0}
        try:
            record_tasks(self.desk.period, {organization: data["nhiem_vu"]}, versions=versions, **self._act())
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
        act = self._act(document=self.paper.paper(), reason=self.why_over.strip())
        try:
            rate_organizations(self.desk.period, verdicts, **act)
        except Stale as stale:
            self.verdicts.overtaken(stale.lines, self.page.words)
            raise
        except Refused as refused:
            raise self.verdicts.marked(refused) from refused
        return f"Đã ghi quyết định xếp loại {len(verdicts)} tổ chức."


def _valid(form):
    if not form.is_valid():
        raise Refused("Chưa ghi được. Hãy sửa những chỗ báo đỏ dưới đây rồi ghi lại.")
