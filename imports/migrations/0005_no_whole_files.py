"""Apart from the step before: PostgreSQL changes no table of which rows were just referred to."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_files_by_the_piece")]
    operations = [migrations.RemoveField("importrun", "content")]
