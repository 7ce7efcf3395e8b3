"""The tables that go with the importer are those of the demonstration."""

from demo.workbooks.writing import texts
from imports.workbooks.examples import KEPT


def test_the_kept_tables_are_those_of_the_demonstration():
    kept = {path.relative_to(KEPT).as_posix(): path.read_text(encoding="utf-8") for path in KEPT.rglob("*.*")}
    now = texts()
    assert kept.keys() == now.keys()
    differing = [name for name, text in now.items() if kept[name] != text]
    assert differing == [], "write them anew: manage.py load_demo, then manage.py demo_workbooks --renew"
