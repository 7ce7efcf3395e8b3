from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from indicators.models import Indicator
from ledger import clock
from ledger.fields import CodeFormField
from ledger.numbers import read_number
from ledger.web.forms import PaperForm
from organizations.models import Organization

from .targets import fault_of, set_targets
from .typed import plain


class DecimalField(forms.CharField):
    """A number typed as Vietnamese offices write it: 62,5 or 62.5; 1.200 is twelve hundred."""

    def to_python(self, value):
        try:
            number = read_number(value)
        except ValueError:
            raise ValidationError("Hãy nhập một số, ví dụ 115 hoặc 62,5.") from None
        if number is not None and abs(number) >= 10**7:
            raise ValidationError("Số này quá lớn.")
        return number

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, kw_only=True)
class TargetCell:
    """One target on a form. `key` tells it from the others there; `standing`: its value now, or None."""

    indicator: Indicator
    organization: Organization
    standing: Decimal | None
    key: str
    label: str

    @property
    def name(self):
        return f"chi_tieu_{self.key}"

    @property
    def opened_name(self):
        """The field with the value that the cell was opened with."""
        return f"cu_{self.key}"


class TargetsForm(PaperForm):
    """Targets of a year, with the document that sets them. `cells`: [TargetCell].

    Each carries the value it was opened with. What nobody typed over is not written, and shows what another has set
    meanwhile; where both did, the form says so and keeps what was typed.
    """

    so = CodeFormField(label="Số, ký hiệu văn bản", max_length=80)

    def __init__(self, data=None, *, cells, **kwargs):
        super().__init__(data, **kwargs)
        self.cells = cells
        self.renewed = set()  # names of cells that nobody typed over and another has set meanwhile
        for cell in cells:
            self.fields[cell.name] = DecimalField(
                label=cell.label,
                required=False,
                initial=plain(cell.standing),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.fields[cell.opened_name] = forms.CharField(
                required=False, initial=plain(cell.standing), widget=forms.HiddenInput()
            )
        self.order_fields([*(cell.name for cell in cells), *self.PAPER])

    def clean(self):
        data = super().clean()
        newer = {}
        for cell in self.cells:
            if fault := fault_of(cell.indicator, data.get(cell.name)):
                self.add_error(cell.name, fault)
            now = plain(cell.standing)
            if data.get(cell.opened_name, "") == now:
                continue
            newer[cell.opened_name] = now
            if not self._is_typed_over(cell):
                newer[cell.name] = now
                self.renewed.add(cell.name)
            elif cell.name in self.errors or plain(data[cell.name]) != now:
                self.add_error(
                    cell.name,
                    f"Người khác vừa đặt mức {now or 'trống'}. Số đồng chí gõ vẫn ở đây; gửi lại nếu vẫn muốn thay.",
                )
        if newer:
            self.data = self.data.copy()
            for name, text in newer.items():
                self.data[name] = text
        return data

    def _is_typed_over(self, cell):
        data = self.cleaned_data
        return cell.name in self.errors or plain(data.get(cell.name)) != data.get(cell.opened_name, "")

    def changed(self):
        """[TargetCell] that were typed over."""
        return [cell for cell in self.cells if self._is_typed_over(cell)]

    def set_them(self, user):
        """Writes what was typed over, in one act, instead of what the form was held against."""
        paper, cells = self.paper(), self.changed()
        set_targets(
            {(c.indicator, c.organization): self.cleaned_data[c.name] for c in cells},
            instead_of={(c.indicator, c.organization): c.standing for c in cells},
            by=user,
            on=clock.today(),
            document=paper,
        )
