"""What stands between the forms and the verbs: setting targets, and the first steps of an empty installation."""

from datetime import date
from itertools import chain, count

from ledger import clock
from organizations import access, lineage, reorganize
from organizations.access import Keep
from organizations.models import Kind, Organization

from .opening import open_year


def next_step():
    """ "bloc" until there is one, then "year"."""
    return "year" if lineage.blocs(clock.today()).exists() else "bloc"


def blocs_to_open(user):
    """{code: spell} of the blocs of today of which `user` may open a year: who sets their targets, and the administration."""
    spells = list(lineage.blocs(clock.today()).select_related("organization"))
    if not user.is_superuser:
        capacities = access.capacities_of(user, [spell.organization for spell in spells], clock.today())
        spells = [spell for spell in spells if access.may_keep(Keep.TARGETS, capacities[spell.organization_id])]
    return {spell.organization.code: spell for spell in spells}


def take_step(step, data, blocs, user):
    """Does the step through the verbs, a year for one of `blocs` (as `blocs_to_open`); the sentence that says it is done."""
    if step == "bloc":
        row = reorganize.Founding(code=_free_code(), name=data["ten"], kind=Kind.KHOI)
        reorganize.found([row], by=user, on=data["ngay_thanh_lap"])
        return f"Đã thành lập {data['ten']}."
    year, bloc = data["nam"], blocs[data["dang_bo"]]
    on = min(clock.today(), date(year, 12, 31))
    made = open_year(year, bloc.organization, by=user, on=on, with_targets=data["giao_nhu_truoc"])
    return f"Đã mở năm {year} của {bloc.name}: {made}."


def _free_code():
    """K; K2, K3 … where the blocs before it have ended: a code is never given twice."""
    taken = set(Organization.objects.standing().values_list("code", flat=True))
    return next(code for code in chain(["K"], map("K{}".format, count(2))) if code not in taken)
