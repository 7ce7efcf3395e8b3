"""What a run keeps is kept by the piece: its file, and the rows that were not written, which were part of its report."""

import json

import django.db.models.deletion
from django.db import migrations, models

PIECE = 2**20


def take_apart(apps, editor):
    runs = apps.get_model("imports", "ImportRun").objects
    for pk in list(runs.order_by("pk").values_list("pk", flat=True)):
        run = runs.get(pk=pk)
        if run.content:
            _keep(apps, run, "FILE", bytes(run.content))
        rows = run.report.get("rows", [])
        if faulty := [row for row in rows if "texts" in row]:
            lines = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in faulty]
            _keep(apps, run, "FAULTY", b"".join(lines))
        if run.report:
            runs.filter(pk=pk).update(report=run.report | {"rows": _first(rows), "faults": len(faulty)})


def _first(rows):
    seen, first = {}, []
    for row in rows:
        seen[row["outcome"]] = seen.get(row["outcome"], 0) + 1
        if seen[row["outcome"]] <= 300:
            first.append(row)
    return first


def _keep(apps, run, of, whole):
    pieces = apps.get_model("imports", "RunPiece").objects
    for number, start in enumerate(range(0, len(whole), PIECE)):
        pieces.create(run=run, of=of, number=number, content=whole[start : start + PIECE])


class Migration(migrations.Migration):
    dependencies = [("imports", "0003_what_ratings_are_called")]
    operations = [
        migrations.CreateModel(
            name="RunPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.CharField(
                        choices=[("FILE", "tệp"), ("FAULTY", "dòng chưa ghi được")], max_length=6, verbose_name="của"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="thứ")),
                ("content", models.BinaryField(verbose_name="nội dung")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="imports.importrun",
                        verbose_name="lần nhập",
                    ),
                ),
            ],
            options={
                "verbose_name": "phần của lần nhập dữ liệu",
                "verbose_name_plural": "phần của lần nhập dữ liệu",
                "ordering": ["run", "of", "number"],
                "constraints": [models.UniqueConstraint(fields=("run", "of", "number"), name="run_piece_once")],
            },
        ),
        migrations.RunPython(take_apart, migrations.RunPython.noop),
    ]
