"""Whose the periods are: of the only bloc there was; where several shared one, each takes its own sheets and rows along."""

from django.db import migrations

MOVED = ("Sheet", "MemberRating", "OrganizationRating", "HistoricalMemberRating", "HistoricalOrganizationRating")


def blocs_of(apps):
    """Ids of the blocs in the order in which the first of them stood for all."""
    spells = apps.get_model("organizations", "OrganizationSpell").objects.filter(kind="KHOI")
    standing = spells.filter(voided__isnull=True)
    rows = (standing if standing.exists() else spells).order_by("position", "organization__code", "starts")
    return list(dict.fromkeys(rows.values_list("organization_id", flat=True)))


def bloc_at(apps, blocs, organizations, day):
    """{organization id: bloc}: the one above it on `day`, else the last one before, else any."""
    lines = apps.get_model("organizations", "Lineage").objects.filter(
        voided__isnull=True, ancestor__in=blocs, organization__in=organizations
    )
    found = {}
    for organization, bloc, starts, ends in lines.order_by("starts").values_list(
        "organization_id", "ancestor_id", "starts", "ends"
    ):
        known = found.get(organization)
        if known is None or starts <= day:
            found[organization] = bloc
    return found


def standing_first(apps, blocs, day):
    """The bloc that stood for all on `day`: the first one of those that stood, else the first."""
    spells = apps.get_model("organizations", "OrganizationSpell").objects.filter(
        voided__isnull=True, organization__in=blocs, starts__lte=day, ends__gt=day
    )
    standing = set(spells.values_list("organization_id", flat=True))
    return next((bloc for bloc in blocs if bloc in standing), blocs[0])


def share(apps, editor):
    Period, FrozenScheme = apps.get_model("ratings", "Period"), apps.get_model("ratings", "FrozenScheme")
    blocs = blocs_of(apps)
    if not blocs:
        Period.objects.all().delete()  # without a bloc there was nothing to rate
        return
    tables = [apps.get_model("ratings", name) for name in MOVED]
    for period in list(Period.objects.order_by("pk")):
        home = standing_first(apps, blocs, period.cutoff)
        Period.objects.filter(pk=period.pk).update(bloc_id=home)
        rated = {pk for table in tables for pk in table.objects.filter(period_id=period.pk).values_list("organization_id", flat=True)}
        above = bloc_at(apps, blocs, rated, period.cutoff)
        for other in [bloc for bloc in blocs if bloc != home and bloc in above.values()]:
            columns = {f.attname: getattr(period, f.attname) for f in Period._meta.concrete_fields}
            copy = Period.objects.create(**columns | {"id": None, "bloc_id": other})
            for frozen in FrozenScheme.objects.filter(period_id=period.pk).order_by("pk"):
                same = {f.attname: getattr(frozen, f.attname) for f in FrozenScheme._meta.concrete_fields}
                FrozenScheme.objects.create(**same | {"id": None, "period_id": copy.pk})
            mine = [pk for pk, bloc in above.items() if bloc == other]
            for table in tables:
                table.objects.filter(period_id=period.pk, organization_id__in=mine).update(period_id=copy.pk)


class Migration(migrations.Migration):
    dependencies = [("ratings", "0006_periods_of_blocs")]

    operations = [migrations.RunPython(share, migrations.RunPython.noop)]
