"""A file brought in without a browser: what the wizard does, in one call."""

from datetime import date

from imports.kinds.registry import kind_of
from imports.models import RunPiece
from imports.runs import store
from ledger.numbers import day_in_words


class Brought:
    """A run gone through: `rows` {row number: what it came to}; `counts`."""

    def __init__(self, run):
        self.run = run
        self.report = run.report
        self.counts = run.report["counts"]
        self.rows = {row["number"]: row for row in run.report["rows"]}

    def reasons(self, number):
        return [why for _, _, why in self.rows[number].get("faults", [])]

    def columns(self, number):
        return [column for column, _, _ in self.rows[number].get("faults", [])]


def opened(kind, text, user, on=date(2017, 12, 31), **given):
    """A run of pasted `text`, its columns as guessed, with what is typed for the whole file."""
    return _laid_out(store.open_pasted_run(kind_of(kind), text, by=user), on, given)


def file_looked_at(kind, name, content, user, on=date(2017, 12, 31), **given):
    """As `looked_at`, of a file."""
    run = _laid_out(store.open_run(kind_of(kind), name, [content], by=user), on, given)
    store.look(run, job(run))
    return Brought(run)


def _laid_out(run, on, given):
    store.lay_out(run, store.layout_of(run), {"tu_ngay": day_in_words(on)} | given)
    return run


def job(run):
    return store.job_of(run, kind_of(run.kind), run.by)


def looked_at(kind, text, user, **given):
    run = opened(kind, text, user, **given)
    store.look(run, job(run))
    return Brought(run)


def answered(brought, **said):
    """Looked at again with answers, {"row_3": "khac"}."""
    run = brought.run
    store.answer(run, {name.removeprefix("row_"): answer for name, answer in said.items()})
    store.look(run, job(run))
    return Brought(run)


def written(kind, text, user, **given):
    brought = looked_at(kind, text, user, **given)
    return Brought(store.write(brought.run, job(brought.run)))


def files_kept(run):
    """How many pieces of its file a run still has."""
    return run.pieces.filter(of=RunPiece.Of.FILE).count()


def table(*rows):
    """Rows of cells as they stand on the clipboard."""
    return "\n".join("\t".join(row) for row in rows)
