"""What is done to one organization on the way while its bloc ends: its fields, and the Plan of it."""

from django import forms

from members.reorganizing import plan as plans
from members.reorganizing.plan_bloc import sending_away
from organizations.models import CELLS, Kind
from organizations.reorganize import Founding

from .fields import QuickSelect, SuggestedPlaceField
from .forms import CodeField, name_field

STAY = "giu"


class OnTheWay:
    """`form`: the EndBloc; `code`: whose it is. Its fields stand on the form under names that begin with `stem`."""

    KINDS = (Kind.DBCS, Kind.CBCS)
    key = option = title = say = ""
    ends = True  # whether the organization ends by it
    absorbed = ()  # codes of the others that end with it

    def __init__(self, form, code):
        self.form, self.code, self.place = form, code, form.forest[code]
        self.fields = []
        self.setup()
        self.is_new = not any(name in form.data for name in self.fields)
        for name in self.fields if self.is_new else ():
            form.fields[name].required = False

    def setup(self):
        raise NotImplementedError

    def plan(self):
        raise NotImplementedError

    def clean(self):
        """Adds errors to the form about what its fields say together."""

    def name(self, part):
        return f"{self.key}_{self.code}_{part}"

    def add(self, part, field):
        name = self.name(part)
        self.form.fields[name] = field
        self.fields.append(name)
        return name

    def told(self, part):
        return self.form.cleaned_data.get(self.name(part), "")

    def add_receiver(self, part, label):
        choices = [("", "theo nơi đến chung"), *self.form.receivers]
        self.add(part, forms.ChoiceField(label=label, choices=choices, required=False))

    def receiver(self, part):
        return self.form.receiver(self.name(part)) or None

    def add_places(self, cells, say):
        """For each of `cells` a typed place where its people go; empty: as `say` says."""
        places = self.form.cell_places
        for cell in cells:
            field = SuggestedPlaceField(places, label=self.form.forest[cell].name)
            field.widget.attrs["placeholder"] = say
            self.add(f"chi_bo_{cell}", field)

    def people(self, cells):
        return {cell: to for cell in cells if (to := self.told(f"chi_bo_{cell}"))}

    @property
    def cells(self):
        return self.form.forest.cells(self.code)

    def others(self, kinds):
        """[(code, label)] of the other organizations below the blocs that end."""
        forest = self.form.forest
        return [(c, forest[c].name) for c in self.form.units if c != self.code and forest[c].kind in kinds]

    ROWS = ("don_vi_", "nguoi_", "chi_bo_")  # fields that stand in a table: one an organization, one a person

    def _is_row(self, name):
        return name.removeprefix(self.name("")).startswith(self.ROWS)

    def lines(self):
        """[[field, …]] of what is told once; a code stands beside its name."""
        grouped = []
        for name in self.fields:
            if self._is_row(name):
                continue
            if not name.removeprefix(self.name("")).startswith("ma"):
                grouped.append([])
            grouped[-1].append(self.form[name])
        return grouped

    def rows(self):
        """The fields of the table."""
        return [self.form[name] for name in self.fields if self._is_row(name)]

    @property
    def row_of(self):
        return "Đảng viên" if any("_nguoi_" in name for name in self.fields) else "Chi bộ"

    @property
    def heading(self):
        return f"{self.title}: {self.place.name}"


class Splitting(OnTheWay):
    key, option, title = "tach", "chia, tách…", "Chia, tách"
    say = "Ghi tên các tổ chức mới và nơi nhận; rồi chọn mỗi chi bộ, mỗi đảng viên về đâu."
    SLOTS = 3
    GOES_ON, ENDS = "tiep-tuc", "ket-thuc"

    @property
    def ends(self):
        return self.form.data.get(self.name("sau")) != self.GOES_ON

    def setup(self):
        form = self.form
        after = [(self.ENDS, "kết thúc (chia)"), (self.GOES_ON, "tiếp tục hoạt động (tách)")]
        self.add("sau", forms.ChoiceField(label="Sau đó tổ chức này", choices=after))
        self.add_receiver("ve", "Nếu tiếp tục hoạt động thì chuyển về")
        for n in range(1, self.SLOTS + 1):
            self.add(f"ten_{n}", name_field(f"Tổ chức mới {n}", required=n == 1))
            self.add(f"ma_{n}", CodeField(help_text="Để trống thì lấy mã kế tiếp."))
            self.add_receiver(f"ve_{n}", f"Tổ chức mới {n} trực thuộc")
        slots = [(str(n), form.data.get(self.name(f"ten_{n}")) or f"tổ chức mới {n}") for n in range(1, self.SLOTS + 1)]
        if self.place.kind in CELLS:
            self.members = form.ground.people([self.code])[self.code]
            for member in self.members:
                self.add(
                    f"nguoi_{member.pk}",
                    self._select(member.called, [("", "ở lại, hoặc theo tổ chức mới 1"), *slots]),
                )
            return
        self.members = []
        for child in form.forest.children(self.code):
            self.add(f"don_vi_{child}", self._select(form.forest[child].name, [(STAY, "ở lại"), *slots]))

    def _select(self, label, choices):
        return forms.ChoiceField(label=label, widget=QuickSelect, choices=choices, required=False)

    def clean(self):
        ends = self.told("sau") == self.ENDS
        for name in self.fields:
            part = name.removeprefix(self.name(""))
            key = self.form.cleaned_data.get(name, "")
            if part.startswith("don_vi_") and key == STAY and ends:
                self.form.add_error(name, "Tổ chức cấp trên kết thúc. Hãy chọn nơi đến.")
            elif part.startswith(("don_vi_", "nguoi_")) and key not in ("", STAY) and not self.told(f"ten_{key}"):
                self.form.add_error(name, "Tổ chức mới này chưa có tên.")
            elif part.startswith("ve"):
                self.form.require_named(name)

    def _founded(self):
        foundings = {}
        for n in range(1, self.SLOTS + 1):
            if name := self.told(f"ten_{n}"):
                code = self.told(f"ma_{n}") or self.form.next_code(Kind(self.place.kind))
                foundings[str(n)] = Founding(
                    code=code,
                    name=name,
                    kind=self.place.kind,
                    parent=self.receiver(f"ve_{n}"),
                    position=self.place.position,
                )
        return foundings

    def plan(self):
        founded, ends = self._founded(), self.told("sau") == self.ENDS
        codes = {n: row.code for n, row in founded.items()}
        children = self.form.forest.children(self.code) if self.place.kind not in CELLS else []
        parents = {child: codes[to] for child in children if (to := self.told(f"don_vi_{child}")) in codes}
        if not ends and (receiver := self.receiver("ve")):
            parents[self.code] = receiver
        return plans.splitting(
            self.form.forest,
            self.code,
            list(founded.values()),
            ends=ends,
            parents=parents,
            people={self.code: codes["1"]} if ends and self.place.kind in CELLS else {},
            persons={m.pk: codes[to] for m in self.members if (to := self.told(f"nguoi_{m.pk}"))},
            principal=codes["1"],
        )


class Merging(OnTheWay):
    key, option, title = "nhap", "nhập vào tổ chức khác…", "Nhập vào tổ chức khác"
    say = "Tổ chức này kết thúc; tổ chức tiếp nhận giữ tên. Chi bộ nào kết thúc thì ghi đảng viên về chi bộ nào."

    def setup(self):
        into = self.others([Kind.DBCS] if self.place.kind == Kind.DBCS else [Kind.DBCS, Kind.CBCS])
        self.add("vao", forms.ChoiceField(label="Nhập vào", choices=[("", "– hãy chọn –"), *into]))
        self.add_places(self.cells, "tiếp tục, theo tổ chức tiếp nhận")

    def clean(self):
        into = self.told("vao")
        if self.place.kind not in CELLS or not into or self.told(f"chi_bo_{self.code}"):
            return
        if self.form.forest[into].kind not in CELLS:
            self.form.add_error(
                self.name(f"chi_bo_{self.code}"), "Hãy ghi đảng viên về chi bộ nào của đảng bộ tiếp nhận."
            )

    def plan(self):
        into, people = self.told("vao"), self.people(self.cells)
        if self.place.kind in CELLS:
            people.setdefault(self.code, into)
        return plans.merging(self.form.forest, [self.code], into, people=people)


class Uniting(OnTheWay):
    key, option, title = "hop", "hợp nhất thành tổ chức mới…", "Hợp nhất thành tổ chức mới"
    say = "Tổ chức này và những tổ chức chọn ở đây kết thúc; ở bảng trên các tổ chức ấy để “theo nơi đến chung”."
    OTHERS = 3

    def setup(self):
        others = [("", "–"), *self.others([self.place.kind])]
        for n in range(1, self.OTHERS + 1):
            label = "Hợp nhất với" if n == 1 else "và với"
            self.add(f"voi_{n}", forms.ChoiceField(label=label, choices=others, required=n == 1))
        self.add("ten", name_field("Tên tổ chức mới"))
        self.add("ma", CodeField(help_text="Để trống thì lấy mã kế tiếp."))
        self.add_receiver("ve", "Trực thuộc")

    def clean(self):
        self.form.require_named(self.name("ve"))

    @property
    def absorbed(self):
        others = [self.told(f"voi_{n}") for n in range(1, self.OTHERS + 1)]
        return list(dict.fromkeys(code for code in others if code))

    def plan(self):
        place, codes = self.place, [self.code, *self.absorbed]
        founded = Founding(
            code=self.told("ma") or self.form.next_code(Kind(place.kind)),
            name=self.told("ten"),
            kind=place.kind,
            parent=self.receiver("ve"),
            position=place.position,
        )
        people = dict.fromkeys(codes, founded.code) if place.kind in CELLS else {}
        return plans.merging_anew(self.form.forest, codes, [founded], people=people)


class ClosingDown(OnTheWay):
    key, option, title = "ket", "kết thúc, đảng viên về chi bộ khác…", "Kết thúc hoạt động"
    say = "Mỗi chi bộ: ghi đảng viên về chi bộ nào. Bên kế thừa là tổ chức của chi bộ ghi đầu tiên."

    def setup(self):
        self.add_places(self.cells, "mã hoặc tên chi bộ")

    def clean(self):
        for cell in self.cells:
            name = self.name(f"chi_bo_{cell}")
            if not self.told(f"chi_bo_{cell}") and name not in self.form.errors:
                self.form.add_error(name, "Hãy ghi đảng viên về chi bộ nào.")

    def plan(self):
        people = self.people(self.cells)
        roofs = [self.form.ground.roof(to) for to in people.values()]
        return plans.dissolving(self.form.forest, self.code, people=people, successors=roofs[:1])


class Sending(OnTheWay):
    key, option, title = "di", "chuyển đi, ngoài các đảng bộ ở đây…", "Chuyển đi nơi khác"
    say = "Tổ chức và đảng viên ra khỏi danh sách ở đây."

    def setup(self):
        self.add("den", name_field("Chuyển đến đảng bộ nào"))

    def plan(self):
        return sending_away(self.form.forest, {self.code: self.told("den")})


DETAILS = {detail.key: detail for detail in (Splitting, Merging, Uniting, ClosingDown, Sending)}
