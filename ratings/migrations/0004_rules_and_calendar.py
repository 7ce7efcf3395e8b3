"""The rules of each scheme, the calendar, the months of reasons (domain §2.3–2.5). Unconfirmed ones are marked so."""

from django.db import migrations
from django.db.models import F

from ledger.history import first_line

MONTHS = {"moi_ket_nap": 6, "to_chuc_moi": 6, "nghi_om": 3}
HD21 = "Hướng dẫn 21-HD/BTCTW ngày 18/10/2019"
OWN = "Quy ước của Đảng bộ Khối"
# code, reason, strength, number, basis
COMMON = (
    ("UNSUPPORTED", None, "NOTE", None, OWN),
    ("CEILING", "ky_luat", "ASK", None, OWN),
    ("ALL_TOP", None, "ASK", 3, OWN),
    ("SAME_YEARS", None, "NOTE", 5, OWN),
    ("TOP_IN_FAILING", None, "ASK", None, OWN),
)
SICK = {"2019": ("BLOCK", HD21, True)}
CAP = {"2019": (HD21, True)}
# quarterly, cell, committee, bloc: 20/12, 28/12, 15/01; quarters end with +10 days (domain §2.5)
CALENDAR = ((False, -11, -3, 15), (True, 4, 7, 10))


def load(apps, editor):
    Scheme, Reason, Rule, Calendar, MemberRating = (
        apps.get_model("ratings", name) for name in ("Scheme", "Reason", "Rule", "Calendar", "MemberRating")
    )
    for code, months in MONTHS.items():
        for reason in Reason.objects.filter(code=code):
            reason.months = months
            reason.save()
            changed_line(apps, reason)
    made = []
    for scheme in Scheme.objects.all():
        reasons = {r.code: r for r in Reason.objects.filter(scheme=scheme)}
        strength, basis, sure = SICK.get(scheme.code, ("ASK", OWN, False))
        rows = [(*row, False) for row in COMMON]
        rows.append(("CEILING", "nghi_om", strength, None, basis, sure))
        if scheme.first_year >= 2014:
            rows.append(("CAP", None, "ASK", None, *CAP.get(scheme.code, (OWN, False))))
        made += [
            Rule.objects.create(
                scheme=scheme, code=code, reason=reason and reasons[reason], strength=strength, number=number,
                legal_basis=basis, confirmed=sure,
            )
            for code, reason, strength, number, basis, sure in rows
            if reason is None or reason in reasons
        ]
    for quarterly, cell, committee, bloc in CALENDAR:
        made.append(
            Calendar.objects.create(quarterly=quarterly, cell_days=cell, committee_days=committee, bloc_days=bloc)
        )
    for row in made:
        first_line(apps, "ratings", row)
    # Until now a decided line's note told why it was not as proposed.
    MemberRating.objects.filter(decided__isnull=False).exclude(note="").update(difference=F("note"), note="")


def changed_line(apps, reason):
    first_line(apps, "ratings", reason)
    history = apps.get_model("ratings", "HistoricalReason")
    latest = history.objects.filter(id=reason.pk).order_by("-history_id").first()
    latest.history_type = "~"
    latest.save()


class Migration(migrations.Migration):
    dependencies = [("ratings", "0003_way_of_a_sheet")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
