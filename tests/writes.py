"""Finds in the text of Python code where it writes rows, whatever its variables are called.

A method that writes is named by itself, called or only passed on; what a variable holds cannot be told from the text, so
nothing is let pass for its name. A set or a dictionary grows by `|=`.
"""

import ast

# Of managers, querysets and rows; of simple_history; of a cursor.
METHODS = {
    *("update", "bulk_create", "bulk_update", "delete", "save", "create", "get_or_create", "update_or_create"),
    *("aupdate", "abulk_create", "abulk_update", "adelete", "asave", "acreate", "aget_or_create", "aupdate_or_create"),
    *("bulk_history_create", "bulk_create_with_history", "bulk_update_with_history"),
    *("create_user", "create_superuser", "save_base", "_raw_delete"),
    *("execute", "executemany", "executescript"),
}
# Functions that write, by the module they come from.
FUNCTIONS = {
    "simple_history.utils": {"bulk_create_with_history", "bulk_update_with_history"},
    "ledger.acts": {"act", "void", "supersede", "close", "copies", "take_back"},
}


class WriteFinder(ast.NodeVisitor):
    """`own_modules`: names that this file gives to modules of the repository, which are looked at themselves."""

    def __init__(self, package, own_modules):
        self.package, self.own_modules, self.within, self.found = package, own_modules, [], []

    def _add(self, node, what):
        self.found.append((".".join(self.within), what, node.lineno))

    def _visit_named(self, node):
        self.within.append(node.name)
        self.generic_visit(node)
        self.within.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _visit_named

    def visit_Attribute(self, node):
        if node.attr in METHODS and not self._is_passed_on(node) and not self._is_of_a_module(node.value):
            self._add(node, node.attr)
        if isinstance(node.value, ast.Name) and node.attr in FUNCTIONS.get(self.own_modules.get(node.value.id), ()):
            self._add(node, node.attr)
        self.generic_visit(node)

    def _is_passed_on(self, node):
        """A method that overrides one that writes calls it: who calls the method itself is found where they do."""
        base = node.value
        is_super = isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super"
        return is_super and bool(self.within) and self.within[-1] == node.attr

    def _is_of_a_module(self, base):
        return isinstance(base, ast.Name) and base.id in self.own_modules

    def visit_Call(self, node):
        named = [a.value for a in node.args if isinstance(a, ast.Constant)] if _calls(node, "getattr") else []
        for name in METHODS.intersection(named):
            self._add(node, f"getattr … {name}")
        self.generic_visit(node)

    def visit_ImportFrom(self, node):
        for alias in node.names:
            if alias.name in FUNCTIONS.get(absolute(node, self.package), ()):
                self._add(node, alias.name)


def _calls(node, name):
    return isinstance(node.func, ast.Name) and node.func.id == name


def absolute(node, package):
    """The module that the ImportFrom `node` in a file of `package` ("members.life") reads."""
    if not node.level:
        return node.module
    above = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*above, *filter(None, [node.module])])


def _own_modules(tree, package, is_module):
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                module = f"{absolute(node, package)}.{alias.name}"
                if is_module(module):
                    found[alias.asname or alias.name] = module
    return found


def writes(text, package, is_module):
    """[(qualified name of the function, what it writes with, line)] of the code `text` of a file in `package`.

    `is_module(name)`: whether the dotted name is a module of the repository.
    """
    tree = ast.parse(text)
    seeker = WriteFinder(package, _own_modules(tree, package, is_module))
    seeker.visit(tree)
    return seeker.found
