"""What is written about the code is true of it: the drawn picture, the rooms told of, every file that is named."""

import re
from datetime import date
from pathlib import Path

import pytest

from tools import architecture, pin

ROOT = architecture.ROOT
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CODE = [
    path
    for folder in [*(path.parent for path in sorted(ROOT.glob("*/apps.py"))), ROOT / "tests", ROOT / "tools"]
    for path in sorted(folder.rglob("*.py"))
    if "migrations" not in path.parts  # these speak of the day they were written
]
FILES = {
    path.relative_to(ROOT).as_posix()
    for top in ROOT.iterdir()
    if top.is_file() or not (top.name.startswith(".") or top.name in ("data", "static_root"))
    for path in ([top] if top.is_file() else top.rglob("*"))
    if path.is_file()
}
NAMED = re.compile(r"(?<![\w/.*<>{}…-])(?:[\w-]+/)*[\w-]+\.(?:py|html|css|js|json|toml)\b(?!\()")
LIBRARIES = {"plotly.js"}


def small_house(root, **more):
    """Two apps: `upper` with the rooms a and b, a circle and a file beside them, on `lower`."""
    files = {
        "lower/apps.py": "",
        "lower/__init__.py": "",
        "lower/one.py": "",
        "lower/two.py": "from .one import x\n",
        "upper/apps.py": "from .a import shown\n",
        "upper/__init__.py": "",
        "upper/urls.py": "from .a import shown\n",
        "upper/a/__init__.py": "",
        "upper/a/shown.py": "def f():\n    from ..b import told\n",
        "upper/b/__init__.py": "",
        "upper/b/told.py": "import datetime\n\nfrom lower.two import y\n",
        "upper/c.py": "from . import d\n",
        "upper/d.py": "from .c import z\nfrom lower import one\n",
        "docs/architecture.md": f"Before.\n{architecture.BEGINS}\n{architecture.ENDS}\nAfter.\n",
    }
    for name, text in (files | more).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_floors_and_rooms_stand_above_what_they_import(tmp_path):
    house = architecture.House(small_house(tmp_path))
    assert house.floors() == ["upper", "lower"]
    assert house.lines("upper") == [[["a"]], [["b"], ["c", "d"]]]
    assert house.lines("lower") == [[["two"]], [["one"]]]
    bare = re.sub(r"[─┌┐└┘┬│ ]+", " ", architecture.drawing(house)).split("\n")
    assert [line.strip() for line in bare] == [
        *("upper", "a/", "b/ c ⇄ d", "", "▼ lower"),
        *("lower", "two", "one", ""),
    ]


def test_what_is_included_by_name_is_below(tmp_path):
    more = {"site/apps.py": "", "site/urls.py": 'from django.urls import include\n\nurls = include("upper.urls")\n'}
    assert architecture.House(small_house(tmp_path, **more)).floors() == ["site", "upper", "lower"]


def test_a_stale_picture_fails_and_is_left_as_it_is(tmp_path, capsys):
    root = small_house(tmp_path)
    page = root / architecture.PAGE
    assert architecture.main([], root) == 0
    drawn = page.read_text(encoding="utf-8")
    assert drawn.startswith("Before.\n") and drawn.endswith("After.\n") and "upper" in drawn
    assert architecture.main(["--check"], root) == 0
    (root / "upper/e.py").write_text("from .a import shown\n", encoding="utf-8")
    assert architecture.main(["--check"], root) == 1
    assert "python tools/architecture.py" in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == drawn
    assert architecture.main([], root) == 0
    assert architecture.main(["--check"], root) == 0


def test_the_picture_is_that_of_the_code():
    assert architecture.main(["--check"]) == 0


def test_every_room_is_told_of():
    rooms = {f"{app}/{room}" for app, room in architecture.House(ROOT).rooms if room not in architecture.NOT_DRAWN}
    told = re.findall(r"^- `([\w/]+)`: ", (ROOT / architecture.PAGE).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) == len(set(told))
    assert set(told) == {room for room in rooms if not room.endswith("/templatetags")}


def is_there(name, beside):
    """Whether `name` is a file: from the top, from the app of the file `beside`, or beside it."""
    app = beside.relative_to(ROOT).parts[0]
    places = (name, f"{app}/{name}", (beside.parent / name).relative_to(ROOT).as_posix())
    return name in LIBRARIES or any(place in FILES for place in places)


def comments(text):
    """Docstrings and comments of a file of Python, and what else stands in quotes of three."""
    return re.findall(r'"""(.*?)"""', text, re.DOTALL) + re.findall(r"# (.*)$", text, re.MULTILINE)


def test_files_named_in_the_code_are_there():
    gone = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in CODE
        for text in comments(path.read_text(encoding="utf-8"))
        for name in NAMED.findall(text)
        if name.endswith(".py") and not is_there(name, path)
    ]
    assert gone == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_named_in_a_document_are_there(page):
    """By their whole path or the end of it; what is to be made in an example has its name in italics."""
    text = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))
    gone = [
        name
        for name in NAMED.findall(re.sub(r"\*[^*\n]+\*", "", text.replace("**", "")))
        if name not in LIBRARIES and not any(file == name or file.endswith(f"/{name}") for file in FILES)
    ]
    assert gone == []
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_said_to_stand_in_a_file_stands_there(page):
    """Each “path: name”, in CamelCase or not; a class may be followed by its member."""
    said = re.findall(r"`([\w/]+\.py): ([\w, ]+)`", page.read_text(encoding="utf-8"))
    texts = {file: (ROOT / file).read_text(encoding="utf-8") for file, _ in said if file in FILES}
    wanting = [
        f"{file}: {name}"
        for file, names in said
        for name in names.split(", ")
        if file in texts and not re.search(rf"\b{name}\b", texts[file])
    ]
    assert wanting == []


def test_names_in_the_glossary_are_in_the_code():
    code = {word for path in CODE for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    code |= {word for file in FILES for word in re.findall(r"\w+", file)}
    (usual,) = (file for file in FILES if file.endswith("/eight_groups.json"))
    code |= set(re.findall(r"\w+", (ROOT / usual).read_text(encoding="utf-8")))
    rows = re.findall(r"^\|.*\|$", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = {word for row in rows for said in re.findall(r"`([^`]+)`", row) for word in re.findall(r"\w+", said)}
    assert len(rows) > 100 and named - code == set()


PINS = """# What it needs.
-r requirements.txt
Django==5.2.19 \\
    --hash=sha256:{0}
axe-playwright_python==0.1.8
"""


def test_hashes_stand_beneath_their_pins_and_nothing_else_changes():
    old, new, other = ("a" * 64, "b" * 64, "c" * 64)
    found = pin.hashes_in(
        f"axe-playwright-python==0.1.8 \\\n    --hash=sha256:{other}\n"
        f"django==5.2.19 \\\n    --hash=sha256:{new} \\\n    --hash=sha256:{old}\n"
    )
    text = pin.with_hashes(PINS.format(old), found)
    assert text.splitlines() == [
        *("# What it needs.", "-r requirements.txt"),
        *("Django==5.2.19 \\", f"    --hash=sha256:{old} \\", f"    --hash=sha256:{new}"),
        *("axe-playwright_python==0.1.8 \\", f"    --hash=sha256:{other}"),
    ]
    assert pin.with_hashes(text, found) == text
    with pytest.raises(SystemExit, match="write it above"):
        pin.with_hashes("Django==5.2.19  # why\n", found)
    with pytest.raises(KeyError, match="axe-playwright-python"):
        pin.with_hashes(text, {("django", "5.2.19"): [new]})


def test_decisions_have_each_a_number_and_a_day():
    entries = [
        line
        for line in Path(ROOT / "docs/decisions.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("- ")
    ]
    found = [re.match(r"- D(\d{3}) · (\d{4}-\d\d-\d\d) · \*\*", entry) for entry in entries]
    assert [entry for entry, match in zip(entries, found, strict=True) if not match] == []
    numbers = [match[1] for match in found]
    assert len(numbers) == len(set(numbers))
    assert all(date.fromisoformat(match[2]) for match in found)
