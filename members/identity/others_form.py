"""What a form shows of people perhaps written already, and how it says that they are others (members/identity/likeness.py)."""

from contextlib import contextmanager

from ledger.text import as_id

from .likeness import PerhapsKnown

SAID = "nguoi_khac"
CANDIDATE = "nguon"


class OthersForm:
    """Beside a form: `alike`, the Likenesses that the verb found; in what is sent, `nguoi_khac` names them as others, and
    `nguon` the one of the pipeline whom they are.
    """

    alike = ()
    takes_candidates = False  # whether what is written may close the candidacy of one of `alike`
    others_label = "Đã xem: đây là người khác"

    @property
    def others(self):
        """Keys of those said to be another person's records."""
        return frozenset(self.data.get(SAID, "").split(","))

    @property
    def candidate(self):
        """The id of the candidate whom they are said to be; None for none."""
        return as_id(self.data.get(CANDIDATE, "")) if self.takes_candidates else None

    @property
    def seal(self):
        """Names the records shown: who says "another person" has seen these and no others."""
        return ",".join(likeness.key for likeness in self.alike)

    @contextmanager
    def asking(self):
        """Around the verb: whom it asks about is shown."""
        try:
            yield
        except PerhapsKnown as known:
            self.alike = known.alike
            raise
