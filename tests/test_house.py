"""The rules of the house that a machine can see: where rows are written, how long a file is, what a name is given to.

Which way imports go is held by import-linter, what functions take and give by mypy (./run check; pyproject.toml).
"""

import ast
import os
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

from tests.writes import writes

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    "ledger",
    "organizations",
    "members",
    "inspections",
    "ratings",
    "indicators",
    "reorganizations",
    "imports",
    "demo",
    "khoi_ccq",
]
SOURCES = sorted(p for app in FLOORS for p in (ROOT / app).rglob("*.py"))
CODE = [p for p in SOURCES if "migrations" not in p.parts]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
VERBS = {
    "ledger/acts.py",
    "ledger/keys.py",
    "ledger/undo.py",
    "organizations/lineage.py",
    "organizations/reorganize.py",
    "organizations/accounts/handing_over.py",
    "organizations/accounts/making.py",
    "organizations/accounts/opening.py",
    "organizations/appoint.py",
    "organizations/confirming.py",
    "organizations/sizes.py",
    "organizations/staff/counts.py",
    "members/register/arrivals.py",
    "members/register/departures.py",
    "members/register/moves.py",
    "members/life/probation.py",
    "members/life/posts.py",
    "members/life/statuses.py",
    "members/life/sanctions.py",
    "members/register/returns.py",
    "members/life/offers.py",
    "members/corrections/days.py",
    "members/corrections/decisions.py",
    "members/candidates/steps.py",
    "members/candidates/amendments.py",
    "members/candidates/follow.py",
    "members/badges/awards.py",
    "inspections/checks/register.py",
    "inspections/letters/letters.py",
    "inspections/handover/hand_over.py",
    "inspections/discipline/discipline.py",
    "inspections/discipline/merged.py",
    "ratings/periods/periods.py",
    "ratings/periods/remind.py",
    "ratings/sheets/draft.py",
    "ratings/workflow.py",
    "ratings/verdicts/verdicts.py",
    "ratings/sheets/correct.py",
    "ratings/stepping.py",
    "ratings/undoing.py",
    "ratings/periods/versions.py",
    "indicators/targets/targets.py",
    "indicators/first_steps/opening.py",
    "indicators/groups/groups.py",
    "indicators/groups/indicators.py",
    "indicators/closing/closings.py",
    "members/records/amendments.py",
    "members/merging/mergers.py",
    "members/reorganizing/carry_out.py",
    "members/people/saved_views.py",
    "ratings/merged.py",
    "imports/runs/going_through.py",
    "imports/runs/pieces.py",
    "imports/runs/store.py",
}
# Where else something is written, and why it is no act. The administration writes through the verbs; what it edits of
# catalogues and accounts Django and simple_history write themselves.
WRITTEN_BESIDE = {
    ("ledger/documents.py", "keep"): "papers come into the books when an act first names them, many at once",
    ("ledger/history.py", "first_line"): "a migration begins the history of what it brings",
    ("ledger/models.py", "User.check_password"): "a password hashed by an older rule is hashed anew on signing in",
    ("ledger/spells.py", "NoOverlap.create_sql"): "the schema",
    ("ledger/spells.py", "NoOverlap.remove_sql"): "the schema",
    ("demo/founding.py", "_users"): "the accounts of the demonstration",
    ("demo/loader.py", "Loader.load"): "the demonstration itself: its day, its first account, that it is loaded",
    ("imports/columns/row_numbers.py", "RowNumbers.__init__"): "a file of its own, beside the site's database",
    ("imports/columns/row_numbers.py", "RowNumbers.first"): "a file of its own, beside the site's database",
    ("khoi_ccq/database.py", "limit_waiting"): "a setting of the connection",
    ("khoi_ccq/views.py", "healthz"): "asks whether the database answers",
}
LONGEST = 330
NOT_OURS = {"data", "static_root"}  # folders of the root that are no part of the repository
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
CONTRACTS = CONFIGURATION["importlinter"]["contracts"]


def name(path):
    return path.relative_to(ROOT).as_posix()


def test_foreign_keys_by_string_go_down():
    for path in CODE:
        floor = FLOORS.index(name(path).split("/")[0])
        for app in re.findall(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"'](\w+)\.", path.read_text()):
            assert app not in FLOORS[floor + 1 :], f"{name(path)} points up to {app}"


def is_module(dotted):
    """Whether the dotted name is a module of the repository."""
    path = ROOT.joinpath(*dotted.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def written(path):
    return writes(path.read_text(), ".".join(path.relative_to(ROOT).parts[:-1]), is_module)


def test_rows_are_written_by_verbs_alone():
    found = {(name(p), where): (how, line) for p in CODE if name(p) not in VERBS for where, how, line in written(p)}
    assert {key: found[key] for key in found.keys() - WRITTEN_BESIDE.keys()} == {}, "written outside the verbs"
    assert WRITTEN_BESIDE.keys() - found.keys() == set(), "nothing is written there any more"


@pytest.mark.parametrize(
    "text",
    [
        "found.update(x=1)",
        "row.save()",
        "Member.objects.create(x=1)",
        "Member.objects.get_or_create(x=1)",
        "write = rows.update",
        "do(rows.delete)",
        "getattr(rows, 'update')(x=1)",
        "from ledger.acts import void as fade",
        "from ledger import acts; acts.void(rows, change)",
        "from simple_history import utils; utils.bulk_create_with_history(rows, Member)",
        "def save(self): other.save()",
        "def keep(self): super().save()",
    ],
)
def test_no_name_talks_a_write_round(text):
    assert len(writes(text, "members.life", is_module)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "found |= {'x': 1}",
        "def save(self): super().save()",
        "from ratings.sheets import form_input; form_input.save(page)",
    ],
)
def test_what_writes_nothing_is_not_found(text):
    assert not writes(text, "members.life", is_module)


def test_every_file_of_verbs_writes():
    assert [path for path in sorted(VERBS) if not written(ROOT / path)] == []


def test_every_file_of_verbs_is_typed():
    (typed,) = (o["module"] for o in CONFIGURATION["mypy"]["overrides"] if o.get("disallow_untyped_defs"))
    modules = {path.removesuffix(".py").replace("/", ".") for path in VERBS}
    assert {m for m in modules if m not in typed and f"{m.split('.')[0]}.*" not in typed} == set()


def test_every_room_stands_in_a_contract():
    for contract in CONTRACTS:
        for app in contract.get("containers", ()):
            told = {room.strip() for layer in contract["layers"] for room in layer.split("|")}
            rooms = {p.parent.name for p in (ROOT / app).glob("*/__init__.py")} - {
                "migrations",
                "management",
                "templatetags",
            }
            assert rooms <= told, f"{app}: {rooms - told} in no layer of “{contract['name']}”"


def test_every_page_and_form_is_protected_by_a_contract():
    told = {m for c in CONTRACTS if c["type"] == "protected" for m in c["protected_modules"]}
    for path in CODE:
        if re.search(r"(^|_)(page|forms?|filters|tables?|views)$", path.stem) and name(path) not in (
            *VERBS,
            "ledger/web/form_page.py",
        ):
            module = name(path).removesuffix(".py").replace("/", ".")
            assert {module, f"**.{path.stem}"} & told, f"{module} is in no contract"


def test_a_class_name_is_given_once():
    found = defaultdict(list)
    for path in [*CODE, *TESTS]:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name(path))
    del found["Command"]  # so Django finds them
    assert {known: places for known, places in found.items() if len(places) > 1} == {}


def test_files_are_read_in_one_sitting():
    long = {name(p): n for p in [*CODE, *TESTS] if (n := len(p.read_text().splitlines())) > LONGEST}
    assert long == {}, "divide it"


def test_a_folder_is_taken_in_at_a_glance():
    """Migrations apart, which nobody seeks by name."""
    crowded = {}
    for folder, folders, files in os.walk(ROOT):
        away = NOT_OURS if Path(folder) == ROOT else {"migrations", "__pycache__"}
        folders[:] = [f for f in folders if f not in away and not f.startswith(".")]
        if Path(folder) != ROOT and len(files) > 25:
            crowded[name(Path(folder))] = len(files)
    assert crowded == {}


def test_views_neither_count_nor_judge():
    for path in CODE:
        if path.name.endswith("views.py"):
            assert ".annotate(" not in path.read_text(), name(path)
            assert "Role." not in path.read_text(), name(path)


def test_templates_carry_no_script_or_style_of_their_own():
    for path in [*(ROOT / "templates").rglob("*.html")]:
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", text), name(path)
        for tag in re.findall(r"<script[^>]*>", text):
            assert "src=" in tag, name(path)


WHOLE_PAGES = re.compile(r"\{% (extends|load static %\}\n<!DOCTYPE)|<!DOCTYPE")


def test_templates_are_read_without_scrolling_sideways():
    for path in (ROOT / "templates").rglob("*.html"):
        long = [n for n, line in enumerate(path.read_text().splitlines(), 1) if len(line) > 160]
        assert not long, f"{name(path)}: longer than 160 characters on lines {long}"


def test_an_include_begins_with_what_it_takes():
    for path in (ROOT / "templates").rglob("*.html"):
        if "admin" not in path.relative_to(ROOT).parts and not WHOLE_PAGES.match(text := path.read_text()):
            assert re.match(r"(?s)\{# .*?Takes: .*? #\}|\{% comment %\}.*?Takes: .*?\{% endcomment %\}", text), name(
                path
            )


def test_nothing_is_fetched_from_outside():
    for path in [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static" / "js").rglob("*.js"),
        *(ROOT / "static").rglob("*.css"),
    ]:
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(src|href|url\(|fetch\()\s*=?\s*[\"'(]?(https?:)?//", text), name(path)


def test_words_are_made_small_in_one_place():
    """Where a label stands within a sentence its proper nouns keep their capital: `ledger.text.within_sentence`."""
    small = re.compile(r"(?:label|_display\(\)|title|words|verdict\(\w+\)|\[:1\]|\[0\])\.lower\(\)")
    found = {name(path): small.findall(path.read_text()) for path in CODE if name(path) != "ledger/text.py"}
    elsewhere = {"ledger/legacy_text.py": "a letter of VNI", "ledger/spells.py": "the name of a trigger"}
    assert {path for path, hits in found.items() if hits} <= elsewhere.keys()
