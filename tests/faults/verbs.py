"""Every verb there is, found in the code: what the scenes must cover."""

import ast
import re

from tests.test_house import CODE, name

OPENS_AN_ACT = re.compile(r"import .*\bact\b|^def act\(", re.MULTILINE)


def _calls(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def _verbs_of(text):
    functions = {f.name: set(_calls(f)) for f in ast.parse(text).body if isinstance(f, ast.FunctionDef)}
    acting = {name for name, calls in functions.items() if "act" in calls}
    while more := {name for name, calls in functions.items() if calls & acting} - acting:
        acting |= more
    return {name for name in acting if not name.startswith("_")}


def verbs():
    """{"members.register.arrivals.admit", …}"""
    found = set()
    for path in CODE:
        text = path.read_text()
        if OPENS_AN_ACT.search(text):
            module = name(path).removesuffix(".py").replace("/", ".")
            found |= {f"{module}.{verb}" for verb in _verbs_of(text)}
    return found
