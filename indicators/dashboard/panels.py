"""The panel of the dashboard that asks more than the Board holds: the trend of the chosen group."""

from indicators.lenses.series import Series


def trend_panel(board, form):
    """Trend of the chosen indicator, with the years its tree changed and the breaks between schemes."""
    lines = board.cards()
    chosen = next((x for x in lines if x.group.code == form.chosen("xep", "")), lines[0] if lines else None)
    if chosen is None:
        return {"trend": "", "trend_rows": [], "chosen": None}
    return Series(board, chosen, form.chosen("goc", "")).context() | {"chosen": chosen}
