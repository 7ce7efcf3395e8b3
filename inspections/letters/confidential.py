"""Which acts and papers are those of denunciation letters: wherever acts and papers are listed, searched or named,
they stay with those who may read these letters (design §7).
"""

from inspections.custody import readable
from inspections.models import Consequence, Forwarding, InspectorsRow, Letter, LetterFile, Outcome
from ledger.documents import mentions_of_papers
from ledger.models import Change, Document
from ledger.soundness import recorded_models
from members.models import Discipline

FILE_OF = {LetterFile: "pk", Letter: "file", Forwarding: "file", Outcome: "file", Consequence: "file"}
SIDES = ("added", "voided")


def open_acts(user):
    """The Changes that `user` may find in a list of all acts, whatever it shows of them."""
    return Change.objects.exclude(pk__in=letter_acts(user))


def open_documents(user):
    """The Documents that `user` may find in a list of all papers: not those that stand behind acts on letters alone."""
    acts = letter_acts(user)
    theirs = set(Change.objects.filter(pk__in=acts, document__isnull=False).values_list("document", flat=True))
    for model, name in mentions_of_papers():
        if theirs:
            rows = model._base_manager.filter(**{f"{name}__in": theirs})
            rows = rows.exclude(pk__in=acts) if model is Change else rows
            theirs -= set(rows.values_list(name, flat=True))
    return Document.objects.exclude(pk__in=theirs)


def letter_acts(user):
    """Ids of the acts that wrote or took back something of a letter that `user` may not read, or what discipline
    followed from it.

    An act that wrote down other things, too, such as a reorganization that handed letters over, is everybody's.
    """
    closed, acts = _files_closed_to(user), set()
    for model, file in FILE_OF.items() if closed else ():
        rows = model._base_manager.filter(**{f"{file}__in": closed})
        acts |= {pk for side in SIDES for pk in rows.values_list(side, flat=True)} - {None}
    for model in recorded_models():
        if acts and not issubclass(model, (InspectorsRow, Discipline)):
            for side in SIDES:
                rows = model._base_manager.filter(**{f"{side}__in": acts})
                acts -= set(rows.values_list(side, flat=True))
    return acts


def _files_closed_to(user):
    """Ids of the files of letters that `user` may not read."""
    rows = Letter.objects.order_by()
    mine = set(readable(user, rows).values_list("file", flat=True))
    return set(rows.values_list("file", flat=True)) - mine
