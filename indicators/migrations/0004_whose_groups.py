"""Whose the groups are: of the only bloc there was; where several shared a year's, each has its own, with its targets.

What was closed for all of them stays closed, as it was sealed, for each.
"""

from datetime import date
from importlib import import_module

from django.db import migrations

from ledger.history import first_line

periods = import_module("ratings.migrations.0007_whose_periods")


def share(apps, editor):
    TargetGroup = apps.get_model("indicators", "TargetGroup")
    blocs = periods.blocs_of(apps)
    if not blocs:
        apps.get_model("indicators", "Indicator").objects.all().delete()
        TargetGroup.objects.all().delete()  # without a bloc no target was set
        return
    for year in sorted(set(TargetGroup.objects.values_list("year", flat=True))):
        _share_year(apps, blocs, year)
    _share_closings(apps)


def _share_year(apps, blocs, year):
    TargetGroup, Indicator, Target = (apps.get_model("indicators", name) for name in ("TargetGroup", "Indicator", "Target"))
    last = date(year, 12, 31)
    home = periods.standing_first(apps, blocs, last)
    groups = list(TargetGroup.objects.filter(year=year).order_by("pk"))
    ids = [group.pk for group in groups]
    TargetGroup.objects.filter(pk__in=ids).update(bloc_id=home)
    apps.get_model("indicators", "HistoricalTargetGroup").objects.filter(id__in=ids).update(bloc_id=home)
    spells = apps.get_model("organizations", "OrganizationSpell").objects.filter(
        voided__isnull=True, organization__in=blocs, starts__lte=last, ends__gt=last
    )
    standing = set(spells.values_list("organization_id", flat=True)) - {home}
    held = set(Target.objects.filter(indicator__group__in=ids).values_list("organization_id", flat=True))
    above = periods.bloc_at(apps, blocs, held, last)
    for other in [bloc for bloc in blocs if bloc != home and (bloc in standing or bloc in above.values())]:
        mine = [pk for pk, bloc in above.items() if bloc == other]
        for group in groups:
            _copy_group(apps, group, other, mine)


def _copy_group(apps, group, bloc, organizations):
    TargetGroup, Indicator, Target = (apps.get_model("indicators", name) for name in ("TargetGroup", "Indicator", "Target"))
    copy = TargetGroup.objects.create(**_columns(group) | {"bloc_id": bloc})
    first_line(apps, "indicators", copy)
    for indicator in Indicator.objects.filter(group_id=group.pk).order_by("pk"):
        same = Indicator.objects.create(**_columns(indicator) | {"group_id": copy.pk})
        first_line(apps, "indicators", same)
        Target.objects.filter(indicator_id=indicator.pk, organization_id__in=organizations).update(indicator_id=same.pk)


def _share_closings(apps):
    """Of a period that was shared, each bloc keeps the closing."""
    Closing, Period = apps.get_model("indicators", "Closing"), apps.get_model("ratings", "Period")
    for closing in Closing.objects.select_related("period").order_by("pk"):
        same = Period.objects.filter(added_id=closing.period.added_id, year=closing.period.year, quarter__isnull=True)
        for period in same.exclude(pk=closing.period_id):
            Closing.objects.create(**_columns(closing) | {"period_id": period.pk})


def _columns(row):
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} | {"id": None}


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0003_groups_of_blocs"),
        ("ratings", "0007_whose_periods"),
    ]

    operations = [migrations.RunPython(share, migrations.RunPython.noop)]
