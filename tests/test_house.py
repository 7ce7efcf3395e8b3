"""The rules of the house that a machine can see: which way imports go, where rows are written, how long a file is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FLOORS = [
    "ledger",
    "organizations",
    "members",
    "inspections",
    "ratings",
    "indicators",
    "reorganizations",
    "demo",
    "khoi_ccq",
]
SOURCES = sorted(p for app in FLOORS for p in (ROOT / app).rglob("*.py"))
CODE = [p for p in SOURCES if "migrations" not in p.parts]
VERBS = {
    "ledger/acts.py",
    "ledger/keys.py",
    "ledger/undo.py",
    "organizations/lineage.py",
    "organizations/reorganize.py",
    "organizations/appoint.py",
    "organizations/confirming.py",
    "organizations/sizes.py",
    "members/register/places.py",
    "members/register/arrivals.py",
    "members/register/moves.py",
    "members/register/departures.py",
    "members/life/sanctions.py",
    "members/life/probation.py",
    "members/life/posts.py",
    "members/life/statuses.py",
    "members/register/returns.py",
    "members/life/offers.py",
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
    "ratings/sheets/draft.py",
    "ratings/workflow.py",
    "ratings/verdicts/verdicts.py",
    "ratings/sheets/correct.py",
    "ratings/periods/versions.py",
    "indicators/targets/targets.py",
    "indicators/closing/closings.py",
    "members/records/amendments.py",
    "members/merging/mergers.py",
    "members/people/saved_views.py",
    "ratings/merged.py",
}
WRITES = re.compile(
    r"\.(update|bulk_create|bulk_update|delete|bulk_create_with_history|bulk_update_with_history)\(|\bbulk_(create|update)_with_history\("
)
HARMLESS = re.compile(r"(found|query|context|kwargs|counts?|seen|data|parts)\.update\(")


def name(path):
    return path.relative_to(ROOT).as_posix()


def imported(path):
    package = name(path).split("/")[0]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield package if node.level else node.module.split(".")[0]


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_imports_go_down(path):
    floor = FLOORS.index(name(path).split("/")[0])
    above = set(imported(path)) & set(FLOORS[floor + 1 :])
    assert not above, f"{name(path)} reaches up to {above}"


def test_foreign_keys_by_string_go_down():
    for path in CODE:
        floor = FLOORS.index(name(path).split("/")[0])
        for app in re.findall(r"(?:ForeignKey|OneToOneField|ManyToManyField)\(\s*[\"'](\w+)\.", path.read_text()):
            assert app not in FLOORS[floor + 1 :], f"{name(path)} points up to {app}"


def test_rows_are_written_by_verbs_alone():
    for path in CODE:
        if name(path) in VERBS or "load_demo" in name(path) or name(path).startswith("demo/"):
            continue
        for line in path.read_text().splitlines():
            if WRITES.search(line) and not HARMLESS.search(line):
                pytest.fail(f"{name(path)} writes rows outside the verbs: {line.strip()}")


def test_files_are_read_in_one_sitting():
    long = {name(p): n for p in CODE if (n := len(p.read_text().splitlines())) > 330}
    assert not long


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


def test_nothing_is_fetched_from_outside():
    for path in [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static").rglob("*.js"),
        *(ROOT / "static").rglob("*.css"),
    ]:
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(src|href|url\(|fetch\()\s*=?\s*[\"'(]?(https?:)?//", text), name(path)
