"""How the decisions on organizations are typed: a level or a reason for each, only what was changed is written."""

from dataclasses import dataclass

from django import forms
from django.utils.text import capfirst

from ledger.acts import Refused
from ledger.fields import CleanFormField
from ratings.models import Reason

from .verdicts import OrganizationVerdict

NOTHING = "|0|"  # what a row shows that has neither level nor reason, as `_joined` puts it
HALF = "Hãy chọn mức hoặc lý do cho dòng này, hoặc bỏ phần đã ghi thêm."
CLEARED = "Dòng này đã có quyết định, không bỏ trống được: hãy chọn mức hoặc lý do, hoặc chọn lại như cũ."
SAME = "Mức này đúng mức tự đề nghị, không cần lý do khác. Hãy xóa lý do hoặc chọn mức khác."
UNRATED = "Không xếp loại thì không cần lý do khác mức tự đề nghị. Hãy xóa lý do ấy hoặc chọn một mức."
KEPT = "Điều đồng chí chọn vẫn ở đây; bấm ghi lần nữa nếu vẫn muốn thay."


def version_field():
    return forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())


@dataclass(frozen=True)
class LevelBox:
    """One of what a row may be given: `value` as the form sends it, `words` on it, `full` as it reads in the scheme."""

    value: str
    words: str
    full: str
    chosen: bool

    @property
    def key(self):
        """The key that chooses it; "" for what has none."""
        return self.value if self.value.isdigit() else "0" if self.value else ""


@dataclass(frozen=True)
class VerdictLine:
    """A row of the table: `fields` {part of the name: bound field}; `choice`: (name of the field, what was proposed, [LevelBox])."""

    row: object
    fields: dict
    choice: tuple

    @property
    def is_wrong(self):
        return bool(self.fields["muc"].errors or self.fields["khac"].errors)

    @property
    def differs(self):
        """Whether what is chosen is not what was proposed, or why it would not be is told."""
        _, proposed, boxes = self.choice
        other = any(box.chosen and box.value.isdigit() and box.value != proposed for box in boxes)
        return bool(proposed) and other or bool(self.fields["khac"].value())


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
        self.boxes = [
            (str(level.rank), capfirst(level.organization_short), level.organization_label)
            for level in scheme.levels.all()
        ]
        self.boxes += [
            (key, "Không xếp loại" if len(self.reasons) == 1 else reason.label, f"Không xếp loại: {reason.label}")
            for key, reason in self.reasons.items()
        ]
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

    def clean(self):
        for pk, row in self.rows.items():
            if f"muc_{pk}" in self.cleaned_data and (wrong := self._half_said(pk, row.rating)):
                self.add_error(f"muc_{pk}", wrong)
        return self.cleaned_data

    def _half_said(self, pk, rating):
        """What is wrong with a row that could only be written by dropping some of what it says; "" when nothing is."""
        typed, shown = self._typed(pk), self.cleaned_data.get(f"cu_{pk}") or ""
        if _joined(typed) == (shown or NOTHING):
            return ""
        if not typed["muc"]:
            return CLEARED if shown.partition("|")[0] else HALF
        if not typed["khac"] or typed["khac"] == shown.split("|", 2)[-1]:
            return ""
        if typed["muc"] in self.reasons:
            return UNRATED
        return SAME if typed["muc"] == str(rating.proposed) else ""

    def lines(self):
        """[(OrganizationRow, {part of the name: bound field})] for the template."""
        parts = ("muc", "tieu_bieu", "khac", "ban", "cu")
        return [(row, {part: self[f"{part}_{pk}"] for part in parts}) for pk, row in self.rows.items()]

    def table(self):
        """[VerdictLine] for the template."""
        return [VerdictLine(row, fields, self._boxes(row, fields["muc"])) for row, fields in self.lines()]

    def _boxes(self, row, field):
        chosen, name = str(field.value() or ""), field.html_name
        boxes = [LevelBox(value, words, full, value == chosen) for value, words, full in self.boxes]
        nothing = [] if row.is_rated and chosen else [LevelBox("", "Chưa", "Chưa ghi", not chosen)]
        return name, str(row.rating.proposed or ""), [*boxes, *nothing]

    def verdicts(self):
        """[OrganizationVerdict] of the rows that were changed and given a level or a reason."""
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
        return OrganizationVerdict(
            organization=row.rating.organization,
            level=level,
            reason=reason,
            exemplary=typed["tieu_bieu"],
            difference=typed["khac"] if level and level != row.rating.proposed else "",
            version=self.cleaned_data[f"ban_{row.rating.pk}"] or 0,
        )

    @property
    def faulty(self):
        """[(id of the row, name of the organization)] of the rows with something to put right."""
        if not self.is_bound:
            return []
        return [
            (row.anchor, row.place.name)
            for row, fields in self.lines()
            if fields["muc"].errors or fields["khac"].errors
        ]

    def marked(self, refused):
        """The refusal with the organization's name for its code, and its row marked; as it is when it names none."""
        code, _, said = refused.messages[0].partition(": ")
        for pk, row in self.rows.items():
            if row.rating.organization.code == code:
                self.add_error(f"muc_{pk}", capfirst(said))
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
