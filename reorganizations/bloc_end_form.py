"""The form of a bloc's end: its receivers, a row for each organization, and what is done to some on the way."""

from collections import Counter
from dataclasses import replace
from functools import cached_property

from django import forms

from indicators.targets import targets
from ledger.text import within_sentence
from members.models import Membership
from members.reorganizing.plan_bloc import ending
from organizations.models import CELLS, Kind
from organizations.reorganize import Founding
from organizations.verbs import TreeVerb

from .destinations_form import NEW, UNIT, DestinationRow, ReorganizationForm
from .details_form import DETAILS
from .fields import QuickSelect, suggestion
from .forms import CodeField, name_field

HEIR = "ke-thua"
TOGETHER, COMMON, PRINCIPAL, ABOVE, HAND_OVER = "cung", "chung", "ke_thua", "cap_tren", "ban_giao"


class EndBlocForm(ReorganizationForm):
    """A row's value: "", where the others go; a receiver (its code, or "moi-1"); or the key of a Detail."""

    slug, title = "ket-thuc-khoi", "Kết thúc hoạt động đảng bộ khối"
    say = "Đảng bộ khối kết thúc; từng tổ chức chuyển về nơi nhận, kể cả khi sáp nhập, hợp nhất với đảng bộ khối khác."
    KINDS = (Kind.KHOI,)
    template = "bloc"
    SLOTS = 4
    targets_say = "Đảng bộ mới lập chưa có nhóm chỉ tiêu của năm: thu hồi, rồi giao lại khi đã mở năm ở đó."

    def setup(self):
        forest = self.forest
        self.others = [c for c in self.ground.wholes(Kind.KHOI) if c != self.code]
        self.kept = [c for c in self.others if c in self.ground.kept]
        told = set(self._told_list(TOGETHER))
        self.ended = [self.code, *(c for c in self.kept if c in told)]
        self._add_receivers()
        children = [child for code in self.ended for child in forest.children(code)]
        for child in children:
            self._add_row(child)
        self.details = [DETAILS[key](self, child) for child in children if (key := self._told(UNIT + child)) in DETAILS]
        ending_ones = [c for detail in self.details if detail.ends for c in forest.below(detail.code)]
        self.add_targets([*self.ended, *ending_ones], [(HEIR, "bên kế thừa chính")])
        self.sizes = self._sizes()

    def _told(self, name):
        return self.data.get(name, "") if self.is_bound else ""

    def _told_list(self, name):
        return self.data.getlist(name) if self.is_bound and hasattr(self.data, "getlist") else []

    def _add_receivers(self):
        if self.kept:
            names = [(code, self.forest[code].name) for code in self.kept]
            self.fields[TOGETHER] = forms.MultipleChoiceField(
                label="Đảng bộ khối khác cùng kết thúc trong lần này",
                choices=names,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        for n in range(1, self.SLOTS + 1):
            self.fields[f"ten_{n}"] = name_field(f"Đảng bộ mới lập {n}", required=False)
            self.fields[f"ma_{n}"] = CodeField(help_text="Để trống thì lấy mã kế tiếp.")
        if provinces := self.ground.wholes(Kind.TINH):
            self.fields[ABOVE] = forms.ChoiceField(
                label="Đảng bộ mới lập trực thuộc",
                choices=[("", "không trực thuộc tổ chức nào ở đây"), *((c, self.forest[c].name) for c in provinces)],
                initial=self.here.parent or "",
                required=False,
            )
        self.receivers = [
            *((code, self.forest[code].name) for code in self.others if code not in self.ended),
            *((NEW.format(n), self._slot_name(n)) for n in range(1, self.SLOTS + 1)),
        ]
        self.fields[COMMON] = forms.ChoiceField(
            label="Nơi đến của mọi tổ chức không ghi riêng ở bảng dưới",
            choices=[("", "không đặt; ghi riêng từng tổ chức"), *self.receivers],
            required=False,
        )
        self.fields[PRINCIPAL] = forms.ChoiceField(
            label="Bên kế thừa chính của đảng bộ khối",
            choices=[("", "nơi nhận nhiều tổ chức nhất"), *self.receivers],
            required=False,
            help_text="Xem và làm tiếp việc cũ của đảng bộ khối; các nơi nhận khác được xem.",
        )
        self.fields[HAND_OVER] = forms.BooleanField(
            label="Bàn giao đơn thư, việc kiểm tra còn mở (nếu có) theo nơi đến của từng tổ chức",
            initial=True,
            required=False,
        )

    def _slot_name(self, n):
        return self._told(f"ten_{n}") or f"đảng bộ mới lập {n}"

    def _add_row(self, child):
        kind = Kind(self.forest[child].kind)
        on_the_way = [(key, detail.option) for key, detail in DETAILS.items() if kind in detail.KINDS]
        self.fields[UNIT + child] = forms.ChoiceField(
            label=self.forest[child].name,
            widget=QuickSelect,
            choices=[
                ("", "theo nơi đến chung"),
                ("chuyển về", self.receivers),
                ("trong cùng lần này", on_the_way),
            ],
            required=False,
            error_messages={"invalid_choice": "Nơi này không còn. Hãy chọn lại."},
        )
        self.units.append(child)

    def _sizes(self):
        cells = {cell: child for child in self.units for cell in self.forest.cells(child)}
        counted = Counter()
        rows = Membership.objects.on(self.ground.day).filter(organization__code__in=cells)
        for code in rows.values_list("organization__code", flat=True):
            counted[cells[code]] += 1
        return counted

    @cached_property
    def cell_places(self):
        """{code: label} of every cell of the blocs that end, for those whose people go elsewhere."""
        below = [code for bloc in self.ended for code in self.forest.below(bloc)]
        return {code: self.ground.label(code) for code in below if self.forest[code].kind in CELLS}

    def unit_rows(self):
        for code in self.units:
            note = f"{code} · {within_sentence(Kind(self.forest[code].kind).label)}, {self.sizes[code]} đảng viên"
            yield DestinationRow(self.forest[code].name, note, self[UNIT + code])

    def receiver_fields(self):
        """[[field, …]]: where things go; a code stands beside its name."""
        return [fields for fields in self.plain_fields() if self._is_own(fields[0].name)]

    def paper_fields(self):
        """[[field, …]]: the day, the paper, why."""
        return [fields for fields in self.plain_fields() if fields[0].name in self.LAST]

    def _is_own(self, name):
        return name not in self.LAST and not any(name in detail.fields for detail in self.details)

    @property
    def place_suggestions(self):
        return [suggestion(code, label) for code, label in self.cell_places.items()] if self.details else []

    @property
    def asks_more(self):
        """Whether something done on the way was chosen of which nothing has been told yet."""
        return any(detail.is_new for detail in self.details)

    def clean(self):
        data = super().clean()
        for name in [COMMON, PRINCIPAL, *(UNIT + code for code in self.units)]:
            self.require_named(name)
        for detail in self.details:
            if not detail.is_new:
                detail.clean()
        if self.asks_more:
            names = "; ".join(self.forest[d.code].name for d in self.details if d.is_new)
            self.add_error(None, f"Hãy ghi tiếp, ở dưới bảng, việc đã chọn cho: {names}.")
        return data

    def require_named(self, name):
        """Adds an error when the field `name` holds a slot without a name."""
        key = self.cleaned_data.get(name, "")
        if key.startswith("moi-") and not self.cleaned_data.get(f"ten_{key.removeprefix('moi-')}"):
            self.add_error(name, "Đảng bộ mới lập này chưa có tên. Hãy ghi tên ở trên.")

    # What was filled in

    def _founded(self):
        data, foundings = self.cleaned_data, {}
        for n in range(1, self.SLOTS + 1):
            if data.get(f"ten_{n}"):
                beside = [row.code for row in foundings.values()]
                code = data.get(f"ma_{n}") or self.ground.free_code(Kind.KHOI, None, beside)
                above = data.get(ABOVE) or None
                foundings[n] = Founding(code=code, name=data[f"ten_{n}"], kind=Kind.KHOI, parent=above, position=n)
        return foundings

    def codes(self):
        return {NEW.format(n): row.code for n, row in self._founded().items()}

    def next_code(self, kind):
        """A free code for one more organization of `kind` founded on the way."""
        code = self.ground.free_code(kind, None, self._given)
        self._given.append(code)
        return code

    def receiver(self, name):
        """Code of the receiver that the field `name` holds; of the common one where it is empty; "" without."""
        key = self.cleaned_data.get(name) or self.cleaned_data.get(COMMON, "")
        return self.codes().get(key, key)

    def plan(self):
        self._given = []
        told = {child: self.cleaned_data.get(UNIT + child, "") for child in self.units}
        absorbed = {code for detail in self.details for code in detail.absorbed}
        plain = [child for child, key in told.items() if key not in DETAILS and child not in absorbed]
        parents = {child: to for child in plain if (to := self.receiver(UNIT + child))}
        along = [detail.plan() for detail in self.details]
        founded = list(self._founded().values())
        act = ending(self.ended, parents, founded=founded, along=along, verb=self._verb(parents, founded, along))
        principal = self.codes().get(self.cleaned_data.get(PRINCIPAL), self.cleaned_data.get(PRINCIPAL))
        if principal:
            heirs = sorted(act.successors.get(self.code, ()), key=lambda code: code != principal)
            heirs = tuple(heirs) if principal in heirs else (principal, *heirs)
            act = replace(act, successors={**act.successors, **dict.fromkeys(self.ended, heirs)})
        return act

    def _verb(self, parents, founded, along):
        """One receiver and nothing on the way: a merger into it, or into a new one."""
        if along or len(set(parents.values())) != 1:
            return TreeVerb.END_BLOC
        if not founded:
            return TreeVerb.MERGE
        return TreeVerb.UNITE if len(self.ended) > 1 else TreeVerb.END_BLOC

    def heir_of(self, target, key, plan):
        heirs = plan.successors.get(target.organization.code, ())
        return heirs[0] if key == HEIR and heirs else ""

    def handed_on(self, plan, organizations):
        """As told; what was set for others that end on the way is withdrawn: their heirs stand in blocs of their own."""
        heirs = super().handed_on(plan, organizations)
        others = targets.of_those_that_end(targets.ids_of(plan.ended), self.cleaned_data["tu_ngay"])
        return dict.fromkeys(others) | heirs

    @property
    def hands_over(self):
        return bool(self.cleaned_data.get(HAND_OVER))

    @property
    def landing(self):
        heirs = self.plan().successors.get(self.code)
        return heirs[0] if heirs else self.code
