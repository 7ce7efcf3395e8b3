"""What a run keeps by the piece, so that nobody holds a whole file in memory: not the site, nor the database's reply."""

from imports.models import ImportRun, RunPiece
from imports.reading.scratch import Scratch

Of = RunPiece.Of


def keep_anew(run: ImportRun, of: RunPiece.Of, whole: Scratch) -> None:
    """Keeps `whole` in the place of what was kept. Inside a transaction."""
    forget(run, of)
    keep(run, of, whole)


def keep(run: ImportRun, of: RunPiece.Of, whole: Scratch) -> None:
    """Inside a transaction, of a run that keeps nothing of that yet."""
    for number, piece in enumerate(whole.pieces()):
        RunPiece.objects.create(run=run, of=of, number=number, content=piece)


def forget(run: ImportRun, of: RunPiece.Of) -> None:
    RunPiece.objects.filter(run=run, of=of).delete()


def kept(run: ImportRun, of: RunPiece.Of) -> Scratch:
    """What was kept, to the byte; empty where nothing is."""
    # One at a time: a driver that has no cursor on the server's side would take in all that one query finds.
    rows = RunPiece.objects.filter(run=run, of=of)
    numbers = list(rows.order_by("number").values_list("number", flat=True))
    return Scratch.holding(bytes(rows.values_list("content", flat=True).get(number=number)) for number in numbers)
