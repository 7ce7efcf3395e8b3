"""What browsers and links send, cleaned before any page reads it."""

from django.http import QueryDict

from ledger.text import sent


def is_secret(name: str) -> bool:
    """Whether the field `name` carries a password: that is hashed by its own rule (`ledger.text.secret`)."""
    return "password" in name


def cleaned(data: QueryDict) -> QueryDict:
    """`data` (a QueryDict), immutable, with every value but the passwords as `ledger.text.sent` gives it."""
    fields, changed = {}, False
    for name, values in data.lists():
        fields[name] = values if is_secret(name) else [sent(value) for value in values]
        changed = changed or fields[name] != values
    if not changed:
        return data
    query = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in fields.items():
        query.setlist(name, values)
    query._mutable = False
    return query


def query_of(text: str) -> QueryDict:
    """The query string `text`, kept or carried somewhere, as a page would be sent it."""
    return cleaned(QueryDict(text))
