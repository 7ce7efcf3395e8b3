"""Forms of the acts between organizations: merging into one that goes on, into a new one, splitting, ending."""

from django import forms

from ledger.text import within_sentence
from members.models import Exit
from members.reorganizing import plan as plans
from organizations.models import CELLS, GRASSROOTS, Kind
from organizations.reorganize import Founding

from .destinations_form import NEW, STAY, TARGET, UNDER, UNIT, ReorganizationForm
from .fields import LEAVE, OUT
from .forms import CodeField, name_field

INTO = {  # into what an organization of a kind is merged
    Kind.DBCS: (Kind.DBCS,),
    Kind.CBCS: (Kind.DBCS, Kind.CBCS),
    Kind.DBBP: (Kind.DBBP,),
    Kind.CBTT: (Kind.CBTT, Kind.CBCS),
}


class ChooseReceiverForm(forms.Form):
    say = "Trước hết hãy chọn tổ chức tiếp nhận. Tổ chức này tiếp tục hoạt động."

    def __init__(self, data, *, ground):
        super().__init__(data)
        options = ground.choices(c for c in ground.of_kinds(INTO[Kind(ground.here.kind)]) if c != ground.code)
        self.fields["vao"] = forms.ChoiceField(label="Sáp nhập vào", choices=[("", "– hãy chọn –"), *options])

    def chosen(self):
        return {"vao": [self.cleaned_data["vao"]]}


class ChooseOthersForm(forms.Form):
    say = "Trước hết hãy chọn những tổ chức cùng hợp nhất. Tất cả kết thúc, một tổ chức mới được lập."

    def __init__(self, data, *, ground):
        super().__init__(data)
        options = [(code, ground.label(code)) for code in others(ground)]
        self.fields["voi"] = forms.MultipleChoiceField(
            label="Hợp nhất với", choices=options, widget=forms.CheckboxSelectMultiple
        )

    def chosen(self):
        return {"voi": self.cleaned_data["voi"]}


def others(ground):
    """Codes of those that may become one with the organization: of its kind, and of its committee if it is below one."""
    same = ground.of_kinds([ground.here.kind])
    roof = ground.roof(ground.here.parent)
    return [code for code in same if code != ground.code and ground.roof(ground.forest[code].parent) == roof]


class JoiningForm(ReorganizationForm):
    """What merging and uniting share: cells of those that end go on, or end and give up their people."""

    def add_cells(self, ended, into, receivers):
        """`into`: name of what takes over; `receivers`: cells of it, to which people may go."""
        cells = [c for code in ended for c in self.forest.cells(code) if c not in ended]
        for cell in cells:
            rest = [other for other in cells if other != cell]
            groups = self.ground.choices([*receivers, *rest])
            options = [(f"kết thúc, đảng viên về ({name})", codes) for name, codes in groups]
            self.add_unit(cell, [(STAY, f"tiếp tục, trực thuộc {into}"), *options], STAY)
        return cells

    def moved(self):
        """{cell that ends: cell its people go to}"""
        return {code: self.unit(code) for code in self.units if self.unit(code) != STAY}


class MergeForm(JoiningForm):
    slug, title = "sap-nhap", "Sáp nhập vào tổ chức khác"
    say = "Tổ chức này kết thúc; tổ chức tiếp nhận giữ tên, nhận đảng viên và các chi bộ."
    KINDS = tuple(INTO)
    Choosing = ChooseReceiverForm

    @classmethod
    def makes_sense(cls, ground):
        return super().makes_sense(ground) and len(ground.of_kinds(INTO[Kind(ground.here.kind)])) > 1

    def setup(self):
        (into,) = self.chosen["vao"]
        self.into, place = into, self.forest[into]
        receivers = self.forest.cells(into)
        if self.here.kind in CELLS and place.kind == Kind.DBCS:
            self.add_unit(self.code, [(code, f"đảng viên về {self.forest[code].name}") for code in receivers])
        cells = [self.code] if self.here.kind in CELLS else self.add_cells([self.code], place.name, receivers)
        places = {code: self.ground.label(code) for code in [*receivers, *(c for c in cells if c != self.code)]}
        self.add_people(cells, places=places, out=True)
        self.add_targets(self.forest.below(self.code), [(into, place.name)], subjects=[self.code])

    def plan(self):
        people = self.moved()
        if self.here.kind in CELLS:
            people.setdefault(self.code, self.into)
        persons, leaving = self.persons()
        return plans.merging(self.forest, [self.code], self.into, people=people, persons=persons, leaving=leaving)


class UniteForm(JoiningForm):
    slug, title = "hop-nhat", "Hợp nhất thành tổ chức mới"
    say = "Tổ chức này và những tổ chức cùng hợp nhất kết thúc; một tổ chức mới được lập."
    KINDS = tuple(INTO)
    Choosing = ChooseOthersForm

    @classmethod
    def makes_sense(cls, ground):
        return super().makes_sense(ground) and bool(others(ground))

    def setup(self):
        self.ended = [self.code, *self.chosen["voi"]]
        self.fields["ten"] = name_field("Tên tổ chức mới")
        self.fields["ma"] = CodeField(help_text=f"Để trống thì lấy mã kế tiếp: {self._free()}.")
        if self.here.kind in CELLS:
            cells, roof = self.ended, self.ground.roof(self.here.parent)
            places = {c: self.ground.label(c) for c in self.forest.cells(roof) if c not in cells} if roof else {}
        else:
            cells = self.add_cells(self.ended, "tổ chức mới", [])
            places = {code: self.ground.label(code) for code in cells}
        self.add_people(cells, places=places, out=True)
        below = [c for code in self.ended for c in self.forest.below(code)]
        self.add_targets(below, [(NEW.format(1), "tổ chức mới")], subjects=self.ended)

    def _free(self):
        return self.ground.free_code(Kind(self.here.kind), self.here.parent)

    def codes(self):
        return {NEW.format(1): self.cleaned_data["ma"] or self._free()}

    def plan(self):
        code = self.codes()[NEW.format(1)]
        place = self.here
        founded = Founding(
            code=code, name=self.cleaned_data["ten"], kind=place.kind, parent=place.parent, position=place.position
        )
        people = dict.fromkeys(self.ended, code) if place.kind in CELLS else self.moved()
        persons, leaving = self.persons()
        return plans.merging_anew(self.forest, self.ended, [founded], people=people, persons=persons, leaving=leaving)


class SplitForm(ReorganizationForm):
    slug, title = "chia-tach", "Chia, tách"
    say = "Tổ chức này chia thành nhiều tổ chức, hoặc tách một phần ra khỏi nó."
    KINDS = (Kind.DBCS, Kind.CBCS, Kind.DBBP, Kind.CBTT)
    people_say, people_first = "Chọn nơi về cho từng người.", True
    SLOTS = 4
    GOES_ON, ENDS = "tiep-tuc", "ket-thuc"

    def setup(self):
        self.fields["sau_do"] = forms.ChoiceField(
            label="Sau đó tổ chức này",
            choices=[(self.GOES_ON, "tiếp tục hoạt động (tách)"), (self.ENDS, "kết thúc (chia)")],
        )
        for n in range(1, self.SLOTS + 1):
            self.fields[f"ten_{n}"] = name_field(f"Tổ chức mới {n}", required=n == 1)
            self.fields[f"ma_{n}"] = CodeField(help_text="Để trống thì lấy mã kế tiếp.")
        slots = [(NEW.format(n), f"tổ chức mới {n}") for n in range(1, self.SLOTS + 1)]
        self.fields["ke_thua"] = forms.ChoiceField(
            label="Khi kết thúc, tổ chức kế thừa chính là", choices=slots, required=False
        )
        if self.here.kind in CELLS:
            self.add_people([self.code], options=[("", "ở lại, hoặc theo tổ chức kế thừa chính"), *slots])
        else:
            for child in self.forest.children(self.code):
                self.add_unit(child, [(STAY, "ở lại"), *((key, f"về {label}") for key, label in slots)], STAY)
        self.add_targets([self.code], slots, subjects=[self.code])

    def clean(self):
        data = super().clean()
        ends = data.get("sau_do") == self.ENDS
        for name in [*self._rows_named(UNIT), *(self.person_field(m) for _, members in self.cells for m in members)]:
            key = data.get(name)
            if key == STAY and ends:
                self.add_error(name, "Tổ chức cấp trên kết thúc. Hãy chọn nơi đến.")
            elif self._is_empty(key):
                self.add_error(name, "Tổ chức mới này chưa có tên.")
        for name in self._rows_named(TARGET) if ends else ():
            if self._is_empty(data.get(name)):
                self.add_error(name, "Tổ chức mới này chưa có tên.")
        if ends and self._is_empty(data.get("ke_thua")):
            self.add_error("ke_thua", "Tổ chức mới này chưa có tên.")
        return data

    def _is_empty(self, key):
        return bool(key) and key != STAY and not self.cleaned_data.get(f"ten_{key.removeprefix('moi-')}")

    def _founded(self):
        """{slot: Founding} of the slots that have a name."""
        data, foundings = self.cleaned_data, {}
        for n in range(1, self.SLOTS + 1):
            if data.get(f"ten_{n}"):
                beside = [row.code for row in foundings.values()]
                free = self.ground.free_code(Kind(self.here.kind), self.here.parent, beside)
                foundings[n] = Founding(
                    code=data.get(f"ma_{n}") or free,
                    name=data[f"ten_{n}"],
                    kind=self.here.kind,
                    parent=self.here.parent,
                    position=self.here.position,
                )
        return foundings

    def codes(self):
        return {NEW.format(n): row.code for n, row in self._founded().items()}

    def plan(self):
        data, founded, codes = self.cleaned_data, self._founded(), self.codes()
        ends = data["sau_do"] == self.ENDS
        principal = codes[data.get("ke_thua") or NEW.format(1)] if ends else ""
        return plans.splitting(
            self.forest,
            self.code,
            list(founded.values()),
            ends=ends,
            parents={code: codes[self.unit(code)] for code in self.units if self.unit(code) != STAY},
            people={self.code: principal} if ends and self.here.kind in CELLS else {},
            persons=self.persons()[0],
            principal=principal,
        )


class DissolveForm(ReorganizationForm):
    slug, title = "giai-the", "Giải thể, kết thúc hoạt động"
    say = "Tổ chức này kết thúc; mỗi chi bộ, mỗi đảng viên có nơi đến."
    KINDS = (Kind.DBCS, Kind.CBCS, Kind.CBTT)
    targets_say = "Không có tổ chức kế thừa thì mọi chỉ tiêu đều thu hồi."
    HEIR = "ke_thua"

    def setup(self):
        inside = self.forest.below(self.code)
        cells = [c for c in self.ground.of_kinds(CELLS) if c not in inside]
        roofs = [c for c in self.ground.of_kinds(GRASSROOTS) if c not in inside]
        if self.here.kind != Kind.CBTT:
            options = [(code, self.ground.label(code)) for code in roofs]
            self.fields[self.HEIR] = forms.ChoiceField(
                label="Tổ chức kế thừa", choices=[("", "không có"), *options], required=False
            )
        ends = [(f"kết thúc, đảng viên về ({name})", codes) for name, codes in self.ground.choices(cells)]
        committees = [c for c in roofs if self.forest[c].kind == Kind.DBCS]
        goes_on = [("tiếp tục, về trực thuộc", [(UNDER + c, self.forest[c].name) for c in committees])]
        for cell in self.forest.cells(self.code):
            itself = cell == self.code
            options = [
                *([] if itself else goes_on),
                *ends,
                ("ra khỏi Đảng bộ Khối", [(OUT, f"cả chi bộ {within_sentence(LEAVE)}")]),
            ]
            self.add_unit(cell, options)
        self.add_people(self.forest.cells(self.code), places={c: self.ground.label(c) for c in cells}, out=True)
        heirs = [(self.HEIR, "bên kế thừa, nếu có")] if self.HEIR in self.fields else []
        self.add_targets(inside, heirs, subjects=[self.code])

    def codes(self):
        return {self.HEIR: self.cleaned_data.get(self.HEIR, "")}

    def plan(self):
        chosen = {code: self.unit(code) for code in self.units}
        persons, leaving = self.persons()
        for code, members in self.cells:
            if chosen[code] == OUT:
                leaving |= {m.pk: Exit.DEPARTED for m in members if m.pk not in persons}
        heir = self.codes()[self.HEIR]
        return plans.dissolving(
            self.forest,
            self.code,
            parents={c: to.removeprefix(UNDER) for c, to in chosen.items() if to.startswith(UNDER)},
            people={c: to for c, to in chosen.items() if to != OUT and not to.startswith(UNDER)},
            persons=persons,
            leaving=leaving,
            successors=[heir] if heir else [],
        )
