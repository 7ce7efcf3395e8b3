"""What must hold before a period can be locked: one rule for the pages that tell it and the verb that asks it (design §5)."""

from collections import Counter
from datetime import timedelta

from ledger import clock
from ledger.numbers import day_in_words
from ratings.models import OrganizationRating, State


def is_open(row):
    """Whether an OrganizationRating has neither level nor reason."""
    return row.level is None and row.reason_id is None


def before_lock(period, sheets, ratings, *, on=None):
    """Sentences that say what is still wanting before `period` can be locked on the day `on`, today unless told; none:
    it can be.

    `sheets`, `ratings`: all its standing Sheets and OrganizationRatings.
    """
    sentences = []
    if (on or clock.today()) <= period.cutoff:
        first = day_in_words(period.cutoff + timedelta(days=1))
        sentences.append(f"Ngày chốt {day_in_words(period.cutoff)} chưa qua; khóa được từ ngày {first}.")
    waiting = Counter(State(s.state) for s in sheets if s.state != State.ACCEPTED)
    if waiting:
        parts = ", ".join(f"{waiting[state]} {state.label}" for state in State if waiting[state])
        sentences.append(f"Còn {waiting.total()} phiếu chưa tiếp nhận: {parts}.")
    tiers = Counter(row.tier for row in ratings if is_open(row))
    if tiers:
        parts = ", ".join(f"{tiers[tier]} {tier.label}" for tier in OrganizationRating.Tier if tiers[tier])
        sentences.append(f"Còn {tiers.total()} tổ chức chưa có mức xếp loại hoặc lý do: {parts}.")
    return sentences
