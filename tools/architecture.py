"""Draws the floors and rooms of the house from its imports into docs/architecture.md.

    python tools/architecture.py           draws it anew
    python tools/architecture.py --check   fails when the drawing is not the one the code gives

An app is a floor, a folder in it a room. Within a floor whatever stands on a line imports only from the lines below it;
several that import each other in a circle stand on one line, tied by ⇄. Imports inside functions count like all others.
"""

import argparse
import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = "docs/architecture.md"
BEGINS, ENDS = "<!-- drawn by tools/architecture.py -->", "<!-- end of the drawing -->"
WIDTH = 92
# Each app has these and they say nothing of its order: what mounts it, what joins its hooks, its tables, its commands.
NOT_DRAWN = {"apps", "urls", "admin", "management", "migrations"}


class House:
    """The apps below `root` and what imports what: units are (app, room or file of the app)."""

    def __init__(self, root):
        self.root = root
        self.apps = sorted(path.parent.name for path in root.glob("*/apps.py"))
        self.imports, self.rooms = {}, set()
        for app in self.apps:
            for path in sorted((root / app).rglob("*.py")):
                self._read(path)

    def _read(self, path):
        parts = path.relative_to(self.root).parts
        unit = parts[0], Path(parts[1]).stem
        if len(parts) > 2:
            self.rooms.add(unit)
        units = {self._unit(module) for module in _imported(path, parts)} - {None, unit}
        self.imports.setdefault(unit, set()).update(units)

    def _unit(self, module):
        """The unit that `module` ("members.roll.flows.flows") is of; None outside the house."""
        app, _, rest = module.partition(".")
        name = rest.partition(".")[0]
        inside = self.root / app / name
        if app not in self.apps or not (inside.is_dir() or inside.with_suffix(".py").exists()):
            return None
        return app, name

    def floors(self):
        """[apps] the highest floor first: each imports only from lower ones."""
        below = {app: self.below(app) for app in self.apps}
        return [app for line in reversed(_lines(below)) for circle in line for app in circle]

    def below(self, app):
        """Apps that `app` imports, apart from itself."""
        apps = {used for unit, names in self.imports.items() if unit[0] == app for used, _ in names}
        return apps - {app}

    def lines(self, app):
        """[[circle]] the highest line first; a circle is a list of names, of one name nearly always."""
        inside = {
            unit[1]: {name for used, name in names if used == app and name not in NOT_DRAWN}
            for unit, names in self.imports.items()
            if unit[0] == app and unit[1] not in NOT_DRAWN | {"__init__"}
        }
        return list(reversed(_lines(inside)))

    def label(self, app, name):
        return f"{name}/" if (app, name) in self.rooms else name


def _imported(path, parts):
    """Full names of what the file imports; the `include("app.urls")` of a site map is an import, too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = parts[: len(parts) - node.level] if node.level else ()
            module = ".".join([*package, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "include":
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


def _lines(uses):
    """[[circle]] the lowest line first. `uses`: {name: {names it imports}}; a circle is a sorted list of names."""
    reached = {name: _reach(name, uses) for name in uses}
    circles = {name: frozenset({name} | {n for n in reached[name] if name in reached.get(n, ())}) for name in uses}
    height = {}

    def rise(circle):
        if circle not in height:
            beneath = {circles[n] for name in circle for n in uses[name] if n in circles} - {circle}
            height[circle] = 1 + max(map(rise, beneath), default=-1)
        return height[circle]

    lines = {}
    for circle in set(circles.values()):
        lines.setdefault(rise(circle), []).append(sorted(circle))
    return [sorted(lines[n]) for n in sorted(lines)]


def _reach(name, uses):
    """Whatever `name` imports, and what that imports, to the end."""
    reached, waiting = set(), [name]
    while waiting:
        for used in uses.get(waiting.pop(), ()):
            if used not in reached:
                reached.add(used)
                waiting.append(used)
    return reached


def drawing(house):
    """The text of the picture: a box for each floor, and beneath it the floors it stands on."""
    floors, boxes = house.floors(), []
    for app in floors:
        lines = [_line(house, app, line) for line in house.lines(app)]
        box = ["┌─ " + f"{app} ".ljust(WIDTH - 4, "─") + "┐"]
        box += ["│  " + text.ljust(WIDTH - 4) + "│" for line in lines for text in _wrapped(line)]
        below = [used for used in floors if used in house.below(app)]
        box += ["└──" + ("┬" if below else "─").ljust(WIDTH - 4, "─") + "┘"]
        box += ["   ▼ " + "  ".join(below)] if below else []
        boxes.append("\n".join(box))
    return "\n".join(boxes)


def _line(house, app, line):
    """Words of one line; rooms first."""
    words = [" ⇄ ".join(house.label(app, name) for name in circle) for circle in line]
    return sorted(words, key=lambda word: ("/" not in word, word))


def _wrapped(words):
    """`words` in as many lines as they need."""
    line = ""
    for word in words:
        longer = f"{line}   {word}" if line else word
        if len(longer) > WIDTH - 6:
            yield line
            longer = f"  {word}"
        line = longer
    yield line


def drawn_into(text, picture):
    """The page with its picture replaced."""
    before, _, rest = text.partition(BEGINS)
    _, ends, after = rest.partition(ENDS)
    if not ends:
        raise SystemExit(f"{PAGE}: the marks “{BEGINS}” and “{ENDS}” are missing.")
    return f"{before}{BEGINS}\n```text\n{picture}\n```\n{ENDS}{after}"


def main(arguments=None, root=ROOT):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, fail when the drawing is stale")
    asked = parser.parse_args(arguments)
    page = root / PAGE
    old = page.read_text(encoding="utf-8")
    new = drawn_into(old, drawing(House(root)))
    if new == old:
        return 0
    if asked.check:
        sys.stderr.write(f"{PAGE}: the picture is not that of the code. Draw it anew: python tools/architecture.py\n")
        return 1
    page.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
