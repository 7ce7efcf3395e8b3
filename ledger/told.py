"""A history read as sentences: what each act did, the latest first. Every app fills in the sentences of its own rows."""

from dataclasses import dataclass, field

from django.utils.timezone import localdate

from .models import Change


@dataclass
class ToldAct:
    """One act. `sentences`: what it did here; `items`: what it changed line by line, where there is more than they say."""

    change: Change
    sentences: list = field(default_factory=list)
    items: tuple = ()

    @property
    def sentence(self):
        return "; ".join(self.sentences)

    @property
    def who(self):
        return self.change.by.get_full_name()

    @property
    def is_back_dated(self):
        """Typed on another day than the one from which it holds."""
        return self.change.on != localdate(self.change.at)


def latest_first(acts, sentences):
    """[ToldAct] of `acts`, {id: Change}, with `sentences`, {id: [sentence]}."""
    return [ToldAct(acts[pk], sentences[pk]) for pk in sorted(acts, reverse=True)]
