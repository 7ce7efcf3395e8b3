"""Forms of the acts across the border of this register: organizations that come with their people, or go away."""

from dataclasses import replace

from django import forms

from ledger.acts import Refused
from ledger.fields import CleanFormField
from ledger.text import code_text, search_key, within_sentence
from ledger.web import clipboard
from members.identity.alike import WaitingLikeness, told_alike
from members.register import received
from members.reorganizing.plan_bloc import receiving, sending_away
from organizations.models import CELLS, GRASSROOTS, Kind, OutsideTransfer
from organizations.reorganize import Founding

from .destinations_form import ReorganizationForm

KINDS_COMING = (Kind.DBCS, Kind.CBCS, Kind.DBBP, Kind.CBTT)
ALIKE, ANOTHER, CAPITALS = "trung_", "khac", "viet_hoa"


class PastedField(forms.CharField):
    """Text of a clipboard as it is: its reader cleans each cell."""

    def __init__(self, rows, **kwargs):
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": rows, "spellcheck": "false"}), **kwargs)


class SendAwayForm(ReorganizationForm):
    slug, title = "chuyen-giao", "Chuyển đi nơi khác"
    say = "Tổ chức cùng đảng viên chuyển đến một đảng bộ không quản lý ở đây."
    KINDS = GRASSROOTS
    targets_say = "Không có tổ chức kế thừa ở đây nên mọi chỉ tiêu đều thu hồi."

    def setup(self):
        self.fields["den"] = CleanFormField(label="Chuyển đến đảng bộ nào", max_length=200)
        self.add_targets(self.forest.below(self.code), [])

    def plan(self):
        return sending_away(self.forest, {self.code: self.cleaned_data["den"]})


class ReceiveForm(ReorganizationForm):
    """Two pasted tables: the organizations, and their people; who may be written already is asked about row by row."""

    slug, title = "tiep-nhan", "Tiếp nhận tổ chức từ nơi khác"
    say = "Tổ chức cùng đảng viên chuyển đến từ một đảng bộ không quản lý ở đây."
    KINDS = (Kind.KHOI,)
    template = "receive"

    def setup(self):
        self.fields["tu_dau"] = CleanFormField(label="Chuyển đến từ đảng bộ nào", max_length=200)
        self.fields["to_chuc"] = PastedField(
            5,
            label="Các tổ chức chuyển đến",
            help_text="Dán từ bảng tính, mỗi dòng một tổ chức: Tên, Loại hình, Mã, Trực thuộc (mã). Mã và trực thuộc "
            "có thể để trống: lấy mã kế tiếp, trực thuộc đảng bộ khối này, hoặc đảng bộ đứng ngay trên trong bảng. Tổ chức "
            "từng chuyển đi từ đây thì ghi mã cũ: nó nhận mã mới, và lịch sử hai giai đoạn dẫn đến nhau.",
        )
        self.fields["dang_vien"] = PastedField(
            10,
            label="Đảng viên theo tổ chức chuyển đến",
            required=False,
            help_text=f"Dán từ bảng tính, mỗi dòng một người, theo thứ tự cột: {'; '.join(received.HEADINGS)}. Có dòng "
            "tiêu đề thì cột nào trước cũng được; họ tên ở hai cột thì tiêu đề là Họ đệm và Tên.",
        )
        self.fields[CAPITALS] = forms.ChoiceField(
            label="Họ tên gõ toàn chữ hoa, chữ thường hoặc có dấu lạ thì ghi",
            choices=[("", "hỏi lại"), ("thuong", "viết hoa chữ đầu"), ("giu", "giữ nguyên")],
            required=False,
        )
        self.founded, self.people, self.alike, self.formerly = [], [], {}, {}
        if self.is_bound:
            self._read()

    def _read(self):
        """Reads both tables as sent; what is wrong in them is told when the form is judged."""
        self.founded, self.wrong_organizations = self._organizations(self.data.get("to_chuc", ""))
        cells, anew = [row.code for row in self.founded if row.holds_members], self._anew
        text, capitals = self.data.get("dang_vien", ""), self.data.get(CAPITALS, "")
        people, self.wrong_people = received.read(text, [*cells, *anew], odd=capitals)
        self.people = [replace(row, cell=anew.get(row.cell, row.cell)) for row in people]
        told = told_alike([row.member for row in self.people], self.ground.user)
        for row, likenesses in zip(self.people, told, strict=True):
            if likenesses:
                self._ask(row, likenesses)

    def _ask(self, row, told):
        choices = [("", "– hãy chọn –")]
        for likeness in told:
            waits = isinstance(likeness, WaitingLikeness)
            record = "là người đang chờ kết nạp" if waits else f"là hồ sơ số {likeness.person.pk}"
            record += f", {likeness.person.apart}" if waits and likeness.person.apart else ""
            choices.append((likeness.key, f"{record} ({likeness.why}; {'; '.join(likeness.places[:1])})"))
        self.alike[row.line] = {likeness.key: likeness for likeness in told}
        self.fields[f"{ALIKE}{row.line}"] = forms.ChoiceField(
            label=f"{row.whom}, sinh {row.member.born}", choices=[*choices, (ANOTHER, "là người khác")], required=False
        )

    def _organizations(self, text):
        """([Founding], [sentence])"""
        try:
            table = clipboard.table(text.lstrip("\r\n"))
        except Refused as refused:
            return [], refused.messages
        lines = [(n, row) for n, row in enumerate(table, start=1) if row]
        if lines and search_key(lines[0][1][0]) in ("ten", "ten to chuc"):
            lines = lines[1:]
        founded, wrong, above = [], [], self.code
        gone = set(OutsideTransfer.objects.standing().filter(came=False).values_list("organization__code", flat=True))
        for line, cells in lines:
            name, kind, code, parent = (*cells, "", "", "", "")[:4]
            kind = _kind(kind)
            if kind is None:
                labels = ", ".join(within_sentence(k.label) for k in KINDS_COMING)
                wrong.append(f"Dòng {line} ({name}): loại hình phải là một trong: {labels}.")
                continue
            default = self.code if kind in GRASSROOTS else above
            old = code = code_text(code).upper()
            parent = code_text(parent).upper()
            parent = self._anew.get(parent, parent) or default
            if old in gone or not code:
                code = self.ground.free_code(kind, parent, [row.code for row in founded])
            if old in gone:
                self.formerly[code] = old
            above = code if kind in (Kind.DBCS, Kind.DBBP) else above
            founded.append(Founding(code=code, name=name, kind=kind, parent=parent, position=100 + line))
        return founded, wrong

    @property
    def _anew(self):
        """{code under which it was sent away: its code from now}"""
        return {old: code for code, old in self.formerly.items()}

    def alike_fields(self):
        return [self[f"{ALIKE}{line}"] for line in self.alike]

    def plain_fields(self):
        return [fields for fields in super().plain_fields() if not fields[0].name.startswith(ALIKE)]

    def clean(self):
        data = super().clean()
        for sentence in self.wrong_organizations:
            self.add_error("to_chuc", sentence)
        for sentence in self.wrong_people:
            self.add_error("dang_vien", sentence)
        if data.get("to_chuc") and not self.founded and not self.wrong_organizations:
            self.add_error("to_chuc", "Chưa có tổ chức nào trong bảng.")
        for line in self.alike:
            if not data.get(f"{ALIKE}{line}"):
                self.add_error(f"{ALIKE}{line}", "Có thể đã có hồ sơ của người này. Hãy chọn.")
        return data

    def plan(self):
        arriving = {row.code: [] for row in self.founded if row.kind in CELLS}
        chosen = {line: self.cleaned_data.get(f"{ALIKE}{line}", "") for line in self.alike}
        who = {line: self.alike[line].get(key) for line, key in chosen.items()}
        for row in self.people:
            likeness, others = who.get(row.line), frozenset(self.alike.get(row.line, ()))
            if isinstance(likeness, WaitingLikeness):
                coming = row.arrival(candidate=likeness.candidate, others=others)
            else:
                coming = row.arrival(member=likeness.person if likeness else None, others=others)
            arriving[row.cell].append(coming)
        return receiving(self.founded, self.cleaned_data["tu_dau"], arriving, formerly=self.formerly)


def _kind(text):
    key = search_key(text)
    return next((kind for kind in KINDS_COMING if key in (search_key(kind.label), search_key(kind.value))), None)
