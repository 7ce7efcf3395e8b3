"""A history read as sentences: what each act did, the latest first. Every app fills in the sentences of its own rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.timezone import localdate

from ledger.models import Change


@dataclass
class ToldAct:
    """One act. `sentences`: what it did here; `items`: what it changed line by line, where there is more than they say."""

    change: Change
    sentences: list[str] = field(default_factory=list)
    items: tuple[Any, ...] = ()

    @property
    def sentence(self) -> str:
        return "; ".join(self.sentences)

    @property
    def who(self) -> str:
        return self.change.by.get_full_name()

    @property
    def is_back_dated(self) -> bool:
        """Typed on another day than the one from which it holds."""
        return self.change.on != localdate(self.change.at)


def latest_first(acts: Mapping[int, Change], sentences: Mapping[int, list[str]]) -> list[ToldAct]:
    """[ToldAct] of `acts`, {id: Change}, with `sentences`, {id: [sentence]}."""
    return [ToldAct(acts[pk], sentences[pk]) for pk in sorted(acts, reverse=True)]
