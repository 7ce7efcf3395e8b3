"""What only someone on the roll can have had: it must not be left on a day on which they were not."""

from collections import defaultdict

from ledger.acts import Refused
from ledger.numbers import day_in_words
from members.models import Admission, BadgeAward, Discipline, Exit, Extension, Membership, Officialization

MODELS = (Officialization, Extension, Discipline, BadgeAward)


def refuse_to_leave_acts(members):
    """Refused when the places of `members` (ids), as an act has just made them, leave any behind."""
    if left_behind := off_the_roll(members):
        raise Refused(
            [
                f"{row.member} có {row._meta.verbose_name} ghi ngày {day_in_words(row.on)}; hãy hủy việc đó trước."
                for row in left_behind
            ]
        )


def off_the_roll(members=None):
    """The standing rows of MODELS that their members cannot have had that day. `members`: ids; None: of everybody."""
    whose = {} if members is None else {"member__in": members}
    rows = [
        row
        for model in MODELS
        for row in model.objects.standing().filter(**whose).select_related("member").order_by("on", "pk")
    ]
    spells = defaultdict(list)
    for spell in Membership.objects.standing().filter(**whose) if rows else ():
        spells[spell.member_id].append(spell)
    return [row for row in rows if not can_be(row, spells[row.member_id])]


def can_be(row, spells):
    """Whether somebody with these `spells` on the roll can have had the act `row`, one of MODELS, on its day."""
    if isinstance(row, BadgeAward) and row.kind == BadgeAward.Kind.POSTHUMOUS:
        return any(spell.exit == Exit.DIED and spell.ends <= row.on for spell in spells)
    if any(spell.starts <= row.on < spell.ends for spell in spells):
        return True
    return _brought(row) and any(spell.starts > row.on for spell in spells)


def _brought(row):
    """Whether it may have come along from before or elsewhere."""
    return isinstance(row, Officialization) or (isinstance(row, BadgeAward) and row.organization_id is None)


def people_left_behind(organizations, day):
    """Guard of organizations/reorganize.py: nobody, and no admission, may remain in an organization that ends."""
    codes = {o.pk: o.code for o in organizations}
    still = Membership.objects.standing().filter(organization__in=codes, ends__gt=day)
    for pk in set(still.values_list("organization_id", flat=True)):
        yield f"Tổ chức {codes[pk]} còn đảng viên sau ngày {day_in_words(day)}. Hãy chỉ định nơi tiếp nhận."
    later = Admission.objects.standing().filter(organization__in=codes, ceremony__gte=day)
    for pk in set(later.values_list("organization_id", flat=True)):
        yield f"Tổ chức {codes[pk]} có người kết nạp từ ngày {day_in_words(day)} trở đi; ngày kết thúc phải sau đó."
