"""Sections are rated as cells are: one that stood when a year was opened gets its row in it, as if it had been opened now."""

from django.db import migrations

from ledger.history import first_line


def lay(apps, editor):
    Period, Rating = apps.get_model("ratings", "Period"), apps.get_model("ratings", "OrganizationRating")
    Spell, Lineage = apps.get_model("organizations", "OrganizationSpell"), apps.get_model("organizations", "Lineage")
    for period in Period.objects.filter(voided__isnull=True, locked__isnull=True).order_by("pk"):
        standing = {"voided__isnull": True, "starts__lte": period.cutoff, "ends__gt": period.cutoff}
        inside = Lineage.objects.filter(**standing, ancestor=period.bloc_id).values("organization")
        sections = Spell.objects.filter(**standing, kind="DBBP", organization__in=inside)
        have = Rating.objects.filter(period=period, voided__isnull=True).values("organization")
        for spell in sections.exclude(organization__in=have).order_by("organization"):
            row = Rating.objects.create(
                period=period,
                organization_id=spell.organization_id,
                tier="SECTION",
                added_id=period.added_id,
                changed_id=period.added_id,
            )
            first_line(apps, "ratings", row)


class Migration(migrations.Migration):
    dependencies = [("ratings", "0011_lines_of_a_return"), ("organizations", "0008_section_committees")]

    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
