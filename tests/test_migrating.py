"""A database as it stood before each bloc had its own periods migrates: figures and closings as before, the new columns filled.

`landed.json` was written by that version through its verbs: the small world of the pages, 2017 locked, corrected and
closed, 2018 open, and beside K a second root, K2 with CB90, that shared K's periods, groups and closing.
"""

import gc
import json
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from indicators.board import board
from indicators.closing.since import Since
from indicators.models import Closing, TargetGroup
from inspections.models import Letter
from ledger import clock
from ledger.models import Change, User
from ledger.soundness import outcomes
from ledger.verbs import KNOWN, LedgerVerb
from members.models import Member
from members.rights import kept_by
from organizations.access import office_of
from organizations.models import Organization
from ratings.models import FrozenScheme, MemberRating, OrganizationRating, Period, Sheet
from ratings.periods.scheme_text import reading_of

LANDED = json.loads((Path(__file__).parent / "landed.json").read_text())
THEN = {
    "ledger": "0002_undo",
    "organizations": "0003_sizes_and_origins",
    "members": "0007_candidates_and_badges",
    "inspections": "0002_inspection_register",
    "ratings": "0004_rules_and_calendar",
    "indicators": "0002_closing",
}


SINCE = {"imports"}  # apps that there were not; they ask for tables as they are today


@pytest.fixture(scope="module")
def migrated(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), elsewhere(tmp_path_factory.mktemp("landed")), clock.fixed(date(2018, 12, 14)):
        as_it_was()
        with transaction.atomic():
            connection.check_constraints()
        gc.disable()  # models are rendered by the thousand: looking after them takes a third of the time
        try:
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
        finally:
            gc.enable()
        yield


@contextmanager
def elsewhere(folder):
    """The tests' own database is left alone: a file beside it, in PostgreSQL a schema before it."""
    mine = connections["default"]
    other = connections.create_connection("default")
    other.settings_dict = {**mine.settings_dict, "NAME": mine.settings_dict["NAME"]}
    if mine.vendor == "sqlite":
        other.settings_dict["NAME"] = str(folder / "landed.sqlite3")
    connections["default"] = other
    try:
        if other.vendor == "postgresql":
            with other.cursor() as cursor:
                cursor.execute("CREATE SCHEMA landed")
                cursor.execute("SET search_path TO landed, public")
        yield
    finally:
        if other.vendor == "postgresql":
            with other.cursor() as cursor:
                cursor.execute("DROP SCHEMA landed CASCADE")
        other.close()
        connections["default"] = mine


def as_it_was():
    """The tables of that version, made of what its migrations add up to, with its rows."""
    executor = MigrationExecutor(connection)
    leaves = [(app, name) for app, name in executor.loader.graph.leaf_nodes() if app not in SINCE]
    nodes = [(app, THEN.get(app, name)) for app, name in leaves]
    apps = executor.loader.project_state(nodes).apps
    models = {model._meta.db_table: model for model in apps.get_models()}
    with connection.schema_editor() as editor:
        editor.create_model(executor.recorder.Migration)
        for model in models.values():
            editor.create_model(model)
    for migration, _ in executor.migration_plan(nodes, clean_start=True):
        executor.recorder.record_applied(migration.app_label, migration.name)
    with transaction.atomic():
        for table, (columns, *rows) in LANDED["tables"].items():
            lay(models[table], columns, rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models.values()):
            cursor.execute(statement)


def lay(model, columns, rows):
    """`rows` as JSON gives them."""
    fields = {field.column: field for field in model._meta.concrete_fields}
    laid = [
        [fields[column].get_db_prep_save(fields[column].to_python(value), connection) for column, value in pairs]
        for pairs in (zip(columns, row, strict=True) for row in rows)
    ]
    names = ", ".join(map(connection.ops.quote_name, columns))
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', laid)


def of(code):
    return Organization.objects.get(code=code)


def figures(code, year):
    """As the version before told them: {indicator: [n, d, target, verdict]}, and the structure."""
    seen = board(of(code), int(year))
    lines = [line for line in seen.lines.values() if (line.node, line.year) == (seen.node, int(year))]
    found = {
        line.indicator.code: [
            *(
                None if x is None else str(x)
                for x in (line.result.numerator, line.result.denominator, line.result.target)
            ),
            line.result.verdict.value,
        ]
        for line in lines
    }
    return found | {"structure": seen.structure}


def test_every_figure_is_as_before(migrated):
    assert {what: figures(*what.split()) for what in LANDED["figures"]} == LANDED["figures"]


def test_the_self_check_finds_nothing(migrated):
    assert [(o.title, o.findings) for o in outcomes() if o.findings] == []


def test_what_was_done_is_said_as_before_and_is_whose_it_was(migrated):
    (columns, *rows) = LANDED["tables"]["ledger_change"]
    before = {row["id"]: row["verb"] for row in (dict(zip(columns, values, strict=True)) for values in rows)}
    acts = Change.objects.in_bulk(before)
    assert {pk: act.words for pk, act in acts.items()} == before
    assert {act.verb for act in acts.values()} <= KNOWN.keys() - {LedgerVerb.OTHER}
    (admission,) = [act for act in acts.values() if act.words == "Kết nạp đảng viên"][:1]
    assert any(kept_by(user, [admission]) == {admission.pk} for user in User.objects.all())


def test_each_bloc_has_its_own_periods_with_its_own_rows(migrated):
    periods = Period.objects.standing().select_related("bloc")
    assert {(p.bloc.code, p.slug, p.locked_id is not None) for p in periods} == {
        (bloc, year, year == "2017") for bloc in ("K", "K2") for year in ("2017", "2018")
    }
    for model in (Sheet, MemberRating, OrganizationRating):
        rows = model.objects.values_list("organization__code", "period__bloc__code")
        assert {code for code, bloc in rows if bloc == "K2"} == {"CB90"}
        assert "CB90" not in {code for code, bloc in rows if bloc == "K"}
        if hasattr(model, "history"):
            assert set(
                model.history.filter(organization__code="CB90").values_list("period__bloc__code", flat=True)
            ) == {"K2"}


def test_a_section_has_its_row_in_the_open_year_alone(migrated):
    (row,) = OrganizationRating.objects.filter(tier=OrganizationRating.Tier.SECTION)
    assert (row.organization.code, row.period.slug, row.voided_id) == ("BP01", "2018", None)
    assert (row.added_id, row.history.count()) == (row.period.added_id, 1)


def test_what_was_locked_is_frozen_with_the_lock(migrated):
    for frozen in FrozenScheme.objects.select_related("period__scheme"):
        assert json.loads(frozen.text) == json.loads(json.dumps(reading_of(frozen.period)))
        assert (frozen.added_id, frozen.voided_id) == (frozen.period.locked_id, None)
    frozen = FrozenScheme.objects.values_list("period__bloc__code", "period__year")
    assert sorted(frozen) == [("K", 2017), ("K2", 2017)]


def test_each_bloc_has_its_own_groups_with_its_own_targets(migrated):
    groups = TargetGroup.objects.values_list("bloc__code", "year")
    assert {pair: list(groups).count(pair) for pair in groups} == {
        (bloc, year): 8 for bloc in ("K", "K2") for year in (2016, 2017, 2018)
    }
    (target,) = of("CB90").targets.filter(voided__isnull=True)
    assert (target.indicator.code, target.indicator.group.bloc.code) == ("KN", "K2")


def test_the_closing_stands_as_it_was_sealed(migrated):
    (columns, row) = LANDED["tables"]["indicators_closing"]
    before = dict(zip(columns, row, strict=True))
    found = Closing.objects.all()
    assert {closing.period.bloc.code for closing in found} == {"K", "K2"}
    for closing in found:
        assert [getattr(closing, name) for name in ("figures", "rows", "seal")] == [
            before[n] for n in ("figures", "rows", "seal")
        ]
        since = Since(closing)
        assert since.intact and since.sound and not since.redefined


def test_letters_offices_and_names_are_where_they_were(migrated):
    for letter in Letter.objects.all():
        assert (letter.place_id, letter.place_on) == (letter.organization_id, letter.received_on)
    offices = {a.organization.code for user in User.objects.all() for a in office_of(user).appointments}
    assert offices == {"DB01-01", "DB01", "K", "CB90", "K2"}
    names = Member.objects.filter(name_key__in=["li thi mi qui", "k'broi", "kbroi"]).values_list("full_name", flat=True)
    assert sorted(names) == ["K'Brôi", "Lý Thị Mỹ Quý"]
