"""The demonstration in this database written down as tables that the importer takes in (imports/workbooks/examples.py).

In their order, on an empty installation, with the one merger of 2016 done by hand, they give its figures again.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from imports.workbooks.examples import INDEX

from . import register, work
from .tabled import ExampleTable


def renew(folder: Path) -> int:
    """Writes the tables into `folder`, in place of those that are there; how many."""
    written = texts()
    for kept in folder.rglob("*.csv"):
        kept.unlink()
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return len(written) - 1


def texts() -> dict[str, str]:
    """{where a kept file lies: its text}"""
    found, index = {}, []
    for n, table in enumerate(_tables(), start=1):
        numbered = replace(table.example, name=f"{n:02}-{table.example.name}", rows=len(table.rows))
        found[numbered.kept_at] = table.text
        index.append({column: said for column, said in asdict(numbered).items() if said})
    found[INDEX] = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
    return found


def _tables() -> Iterator[ExampleTable]:
    """In the order in which an empty installation takes them in."""
    yield work.offices_of_the_bloc()
    yield register.tree()
    yield register.people_of_the_beginning()
    yield register.posts()
    yield register.people_from_elsewhere()
    yield register.admissions()
    yield register.moves_before_2016()
    yield register.tree_of_2016()
    yield register.moves_since_2016()
    yield register.statuses()
    yield register.expulsions()
    yield work.inspections()
    yield work.letters()
    yield work.staff()
    yield work.targets()
    yield from work.ratings()
    yield work.offices_below()
