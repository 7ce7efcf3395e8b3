"""Which columns of a pasted table hold a name, by its row of titles: one column, or those of family and given name."""

import re

from ledger.text import search_key

NUMBER_TITLES = {"tt", "stt", "so tt"}  # of the running number
WHOLE_TITLES = {"ho ten", "ho va ten", "ho ten dang vien", "ho va ten dang vien", "dang vien", "dong chi"}
FAMILY_TITLES = {"ho", "ho dem", "ho va dem", "ho ten dem", "ho va ten dem", "ho chu dem", "ho va chu dem", "ten dem"}
GIVEN_TITLES = {"ten"}


def title(cell):
    """A cell of a row of titles, folded, its words alone."""
    return re.sub(r"[^a-z]+", " ", search_key(cell)).strip()


def name_columns(titles):
    """Places of the columns of the name, as it is said, among `titles`; () where none is titled so.

    A title over several columns leaves the next ones empty.
    """
    whole = next((i for i, words in enumerate(titles) if words in WHOLE_TITLES), None)
    if whole is not None:
        after = next((i for i in range(whole + 1, len(titles)) if titles[i]), len(titles))
        return tuple(range(whole, after))
    return tuple(i for kind in (FAMILY_TITLES, GIVEN_TITLES) for i, words in enumerate(titles) if words in kind)


def is_family_alone(titles):
    """Whether `titles` tell of a family name and of nothing that a given name could stand in."""
    columns = name_columns(titles)
    return bool(columns) and all(titles[i] in FAMILY_TITLES for i in columns)
