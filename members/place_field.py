"""A field that offers the cells of today."""

from django import forms

from ledger import clock
from organizations import lineage
from organizations.models import CELLS, Kind

CHOOSE = "Chọn chi bộ"


class PlaceField(forms.ChoiceField):
    """A cell that stands today, chosen by its committee and its name; cleans to the Organization, None for none.

    `among`: ids to choose from, all unless told; `but`: the id of one that is not offered.
    """

    default_error_messages = {
        "required": "Hãy chọn chi bộ.",
        "invalid_choice": "Chi bộ này không có trong danh sách. Hãy chọn lại.",
    }

    def offer(self, *, among=None, but=None):
        spells = lineage.places(clock.today()).filter(kind__in=CELLS).exclude(organization=but)
        spells = [s for s in spells.order_by("organization__code") if among is None or s.organization_id in among]
        above = lineage.names({s.parent_id for s in spells}, clock.today())
        groups = {}
        for spell in spells:
            heading = "Chi bộ cơ sở" if spell.kind == Kind.CBCS else above[spell.parent_id].name
            groups.setdefault(heading, []).append((spell.organization.code, spell.name))
        self.places = {spell.organization.code: spell.organization for spell in spells}
        self.choices = [("", CHOOSE), *groups.items()]

    def clean(self, value):
        return self.places.get(super().clean(value))
