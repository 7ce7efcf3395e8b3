"""How rows of acts are asked for: those that stand, as they were known, held for writing."""

from typing import Self

from django.db import models

from .as_known import standing


class RecordedQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Rows that no act has voided."""
        return self.filter(voided__isnull=True)

    def as_known(self, change: int | None) -> Self:
        """Rows as they stood at `change` (its id), those that stand now where it is None."""
        return self.filter(standing(change))

    def locked(self) -> Self:
        """Held to the end of the transaction: others may point to the rows meanwhile, and not change them."""
        return self.select_for_update(no_key=True, of=("self",))
