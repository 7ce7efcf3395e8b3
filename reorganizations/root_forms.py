"""Forms of the acts that found a root: a bloc beside this one, a provincial organization above it."""

from django import forms

from members.reorganizing import plan as plans
from organizations.models import Kind
from organizations.reorganize import Founding

from .destinations_form import ReorganizationForm
from .forms import CodeField, name_field


class FoundBesideForm(ReorganizationForm):
    slug, title = "lap-khoi", "Lập đảng bộ khối khác"
    say = "Một đảng bộ ngang cấp, có phân công, kỳ xếp loại và chỉ tiêu của riêng mình."
    KINDS = (Kind.KHOI,)

    def setup(self):
        self.fields["ten"] = name_field()
        free = self.ground.free_code(Kind.KHOI, None)
        self.fields["ma"] = CodeField(help_text=f"Để trống thì lấy mã kế tiếp: {free}.")

    def plan(self):
        data = self.cleaned_data
        beside = self.ground.wholes(Kind.KHOI)
        row = Founding(
            code=data["ma"] or self.ground.free_code(Kind.KHOI, None),
            name=data["ten"],
            kind=Kind.KHOI,
            parent=self.here.parent,
            position=1 + max(self.forest[code].position for code in beside),
        )
        return plans.founding([row])


class FoundAboveForm(ReorganizationForm):
    slug, title = "lap-dang-bo-tinh", "Lập đảng bộ tỉnh ở trên"
    say = "Một cấp trên của các đảng bộ khối: xem và tổng hợp số liệu của mọi đảng bộ trực thuộc."
    KINDS = (Kind.KHOI,)

    @classmethod
    def makes_sense(cls, ground):
        return super().makes_sense(ground) and ground.here.parent is None

    def setup(self):
        self.fields["ten"] = name_field(help_text="Ghi đủ, ví dụ: Đảng bộ tỉnh Ninh Thuận.")
        free = self.ground.free_code(Kind.TINH, None)
        self.fields["ma"] = CodeField(help_text=f"Để trống thì lấy mã kế tiếp: {free}.")
        roots = [c for c in self.ground.wholes(Kind.KHOI) if c in self.ground.kept and self.forest[c].parent is None]
        others = [(c, self.forest[c].name) for c in roots if c != self.code]
        if others:
            self.fields["cung"] = forms.MultipleChoiceField(
                label="Đảng bộ khối khác cũng về trực thuộc",
                choices=others,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def plan(self):
        data = self.cleaned_data
        code = data["ma"] or self.ground.free_code(Kind.TINH, None)
        below = [self.code, *data.get("cung", ())]
        return plans.founding(
            [Founding(code=code, name=data["ten"], kind=Kind.TINH)], parents=dict.fromkeys(below, code)
        )
