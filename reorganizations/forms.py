"""Forms of the acts on one organization: founding below it, its name, its place, its kind, a section committee."""

from django import forms

from ledger.fields import CleanFormField
from ledger.text import clean, within_sentence
from ledger.web import clipboard
from members.reorganizing import plan as plans
from organizations.models import CELLS, GRASSROOTS, PARENTS, Kind
from organizations.reorganize import Founding

from .destinations_form import NEW, ReorganizationForm, called


class CodeField(CleanFormField):
    """A code typed by hand, in any case; may stay empty."""

    def __init__(self, **kwargs):
        super().__init__(label="Mã", required=False, max_length=30, **kwargs)

    def clean(self, value):
        return super().clean(value).upper()


LONGEST_NAME = 200


def name_field(label="Tên", **kwargs):
    return CleanFormField(label=label, max_length=LONGEST_NAME, **kwargs)


def names_in(text):
    """[name] of a text that gives one a line, or one a row of a spreadsheet, with its running number or without."""
    numbered = (row[1:] if len(row) > 1 and row[0].rstrip(".)").isdecimal() else row for row in clipboard.rows(text))
    return [name for row in numbered if (name := clean(" ".join(row)))]


def check_names(text):
    """ValidationError that names each line too long for a name, or says that a quote was left open."""
    long = [name for name in names_in(text) if len(name) > LONGEST_NAME]
    if long:
        raise forms.ValidationError(
            [
                f"“{name[:40]}…” dài {len(name)} ký tự, nhiều nhất {LONGEST_NAME}. Hãy viết ngắn lại, mỗi dòng một tên."
                for name in long
            ]
        )


class FoundForm(ReorganizationForm):
    slug, title = "thanh-lap", "Thành lập tổ chức trực thuộc"
    say = "Lập một đảng bộ hoặc chi bộ mới trực thuộc tổ chức này."
    KINDS = (Kind.TINH, Kind.KHOI, Kind.DBCS, Kind.DBBP)
    people_say = "Ai về chi bộ mới thì chọn ở đây; những người khác ở lại chi bộ cũ."

    def setup(self):
        kinds = [kind for kind in Kind if self.here.kind in PARENTS[kind] and kind != Kind.DBBP]
        at_the_top = self.here.kind == Kind.TINH
        self.fields["loai"] = forms.ChoiceField(label="Loại hình", choices=[(k, k.label) for k in kinds])
        self.fields["ten"] = name_field(help_text="Ghi đủ, ví dụ: Chi bộ Văn phòng.")
        free = " hoặc ".join(self.ground.free_code(kind, self.code) for kind in kinds)
        self.fields["ma"] = CodeField(help_text=f"Để trống thì lấy mã kế tiếp: {free}.")
        if Kind.DBCS in kinds:
            self.fields["chi_bo"] = forms.CharField(
                label="Các chi bộ trực thuộc đảng bộ mới",
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                validators=[check_names],
                help_text="Mỗi dòng một tên. Lập chi bộ cơ sở thì để trống.",
            )
        elif not at_the_top:
            options = [("", "ở lại chi bộ cũ"), (NEW.format(1), "về chi bộ mới")]
            self.add_people(self.forest.cells(self.ground.roof(self.code)), options=options)

    def clean(self):
        data = super().clean()
        if data.get("chi_bo") and data.get("loai") != Kind.DBCS:
            self.add_error("chi_bo", "Chi bộ cơ sở không có chi bộ trực thuộc. Hãy chọn đảng bộ cơ sở, hoặc để trống.")
        return data

    def codes(self):
        return {NEW.format(1): self._head().code}

    def _head(self):
        data, kind = self.cleaned_data, Kind(self.cleaned_data["loai"])
        code = data["ma"] or self.ground.free_code(kind, self.code)
        return Founding(code=code, name=data["ten"], kind=kind, parent=self.code, position=self._last_place())

    def _last_place(self):
        return 1 + max((self.forest[c].position for c in self.forest.children(self.code)), default=0)

    def plan(self):
        head = self._head()
        cells = founded_cells(self.ground, head.code, names_in(self.cleaned_data.get("chi_bo", "")))
        return plans.founding([head, *cells], persons=self.persons()[0])


def founded_cells(ground, parent, names):
    """[Founding] of cells called `names` below `parent`, with the next free codes."""
    rows = []
    for n, name in enumerate(names, start=1):
        code = ground.free_code(Kind.CBTT, parent, [row.code for row in rows])
        rows.append(Founding(code=code, name=name, kind=Kind.CBTT, parent=parent, position=n))
    return rows


class RenameForm(ReorganizationForm):
    slug, title = "doi-ten", "Đổi tên"
    say = "Tên cũ vẫn đứng ở các năm trước."
    KINDS = tuple(Kind)

    def setup(self):
        self.fields["ten"] = name_field("Tên mới", initial=self.here.name)

    def plan(self):
        return plans.renaming({self.code: self.cleaned_data["ten"]})


class MoveForm(ReorganizationForm):
    slug, title = "chuyen-truc-thuoc", "Chuyển trực thuộc"
    say = "Về dưới một tổ chức khác; đảng viên và các tổ chức bên trong đi theo."
    KINDS = (Kind.KHOI, Kind.DBCS, Kind.CBCS, Kind.DBBP, Kind.CBTT)

    @classmethod
    def makes_sense(cls, ground):
        return super().makes_sense(ground) and bool(cls._parents(ground))

    @staticmethod
    def _parents(ground):
        inside = ground.forest.below(ground.code)
        kind = Kind(ground.here.kind)
        whole = {Kind.KHOI: Kind.TINH} | dict.fromkeys(GRASSROOTS, Kind.KHOI)  # these may go beyond their bloc
        codes = ground.wholes(whole[kind]) if kind in whole else ground.of_kinds(PARENTS[kind])
        return [code for code in codes if code != ground.here.parent and code not in inside]

    def setup(self):
        options = [(code, self.ground.label(code)) for code in self._parents(self.ground)]
        self.fields["cap_tren"] = forms.ChoiceField(label="Về trực thuộc", choices=[("", "– hãy chọn –"), *options])

    def plan(self):
        return plans.moving({self.code: self.cleaned_data["cap_tren"]})


class IntoCommitteeForm(ReorganizationForm):
    """CBCS → DBCS: cells are founded in it and its people shared among them."""

    slug, title = "thanh-dang-bo", "Chuyển thành đảng bộ cơ sở"
    say = "Chi bộ cơ sở thành đảng bộ, lập các chi bộ trực thuộc và chia đảng viên về các chi bộ đó."
    KINDS = (Kind.CBCS,)
    people_say, people_first = "Chọn chi bộ mới cho từng người.", True
    SLOTS = 5

    def setup(self):
        self.fields["ten"] = name_field("Tên mới của tổ chức", initial=self.here.name.replace("Chi bộ", "Đảng bộ", 1))
        for n in range(1, self.SLOTS + 1):
            self.fields[f"chi_bo_{n}"] = name_field(f"Chi bộ mới {n}", required=n <= 2)
        options = [(NEW.format(n), f"chi bộ mới {n}") for n in range(1, self.SLOTS + 1)]
        self.add_people([self.code], options=options)

    def clean(self):
        data = super().clean()
        for _, members in self.cells:
            for member in members:
                key = data.get(self.person_field(member))
                if key and not data.get(f"chi_bo_{key.removeprefix('moi-')}"):
                    self.add_error(self.person_field(member), "Chi bộ này chưa có tên.")
        return data

    def _cells(self):
        """{slot: Founding} of the slots that have a name."""
        slots = [n for n in range(1, self.SLOTS + 1) if self.cleaned_data.get(f"chi_bo_{n}")]
        names = [self.cleaned_data[f"chi_bo_{n}"] for n in slots]
        return dict(zip(slots, founded_cells(self.ground, self.code, names), strict=True))

    def codes(self):
        return {NEW.format(n): row.code for n, row in self._cells().items()}

    def plan(self):
        cells = list(self._cells().values())
        plan = plans.turning_into_committee(self.code, cells, into=cells[0].code, persons=self.persons()[0])
        return called(plan, self.code, self.cleaned_data["ten"])


class IntoCellForm(ReorganizationForm):
    """DBCS → CBCS: all below it ends into it."""

    slug, title = "thanh-chi-bo", "Chuyển thành chi bộ cơ sở"
    say = "Đảng bộ thành chi bộ cơ sở; các chi bộ trực thuộc kết thúc, đảng viên về sinh hoạt chung."
    KINDS = (Kind.DBCS,)

    def setup(self):
        self.fields["ten"] = name_field("Tên mới của tổ chức", initial=self.here.name.replace("Đảng bộ", "Chi bộ", 1))
        self.add_people(self.forest.cells(self.code), places={}, out=True)
        self.add_targets(self.forest.below(self.code)[1:], [(self.code, "chính tổ chức này")])

    def plan(self):
        _, leaving = self.persons()
        plan = plans.turning_into_cell(self.forest, self.code, leaving=leaving)
        return called(plan, self.code, self.cleaned_data["ten"])


class RegradeForm(ReorganizationForm):
    """A cell of a committee becomes a grassroots cell, or the other way round; its people stay in it."""

    slug, title = "doi-loai", "Chuyển loại chi bộ"
    say = "Chi bộ trực thuộc thành chi bộ cơ sở, hoặc chi bộ cơ sở về dưới một đảng bộ; đảng viên không đổi chi bộ."
    KINDS = CELLS

    def setup(self):
        self.to = Kind.CBCS if self.here.kind == Kind.CBTT else Kind.CBTT
        codes = self.ground.of_kinds(PARENTS[self.to])
        options = [(code, self.ground.label(code)) for code in codes]
        self.fields["cap_tren"] = forms.ChoiceField(
            label=f"Thành {within_sentence(self.to.label)}, trực thuộc",
            choices=options if len(options) == 1 else [("", "– hãy chọn –"), *options],
        )

    def plan(self):
        return plans.regrading(self.code, self.to, self.cleaned_data["cap_tren"])


class PutSectionForm(ReorganizationForm):
    slug, title = "lap-bo-phan", "Lập đảng bộ bộ phận"
    say = "Một cấp giữa đảng bộ này và các chi bộ đồng chí chọn."
    KINDS = (Kind.DBCS,)

    @classmethod
    def makes_sense(cls, ground):
        return super().makes_sense(ground) and bool(ground.forest.children(ground.code))

    def setup(self):
        self.fields["ten"] = name_field()
        self.fields["ma"] = CodeField(
            help_text=f"Để trống thì lấy mã kế tiếp: {self.ground.free_code(Kind.DBBP, self.code)}."
        )
        cells = [c for c in self.forest.children(self.code) if self.forest[c].holds_members]
        self.fields["chi_bo"] = forms.MultipleChoiceField(
            label="Các chi bộ về trực thuộc đảng bộ bộ phận",
            choices=[(code, self.forest[code].name) for code in cells],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Hãy chọn ít nhất một chi bộ."},
        )

    def plan(self):
        data = self.cleaned_data
        code = data["ma"] or self.ground.free_code(Kind.DBBP, self.code)
        section = Founding(code=code, name=data["ten"], kind=Kind.DBBP, parent=self.code)
        return plans.putting_section(section, data["chi_bo"])


class LiftSectionForm(ReorganizationForm):
    slug, title = "ket-thuc-bo-phan", "Kết thúc đảng bộ bộ phận"
    say = "Các chi bộ bên trong về thẳng đảng bộ cơ sở."
    KINDS = (Kind.DBBP,)

    def setup(self):
        self.add_targets([self.code], [(self.here.parent, self.forest[self.here.parent].name)])

    def plan(self):
        return plans.lifting_section(self.forest, self.code)


class UndoReorganizationForm(forms.Form):
    ly_do = CleanFormField(
        label="Vì sao hủy việc này", max_length=500, help_text="Việc đã ghi và lý do hủy vẫn đứng trong lịch sử."
    )
