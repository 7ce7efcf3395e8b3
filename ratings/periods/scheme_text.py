"""What a period reads, as text: its own days and its scheme, whole. Frozen at the lock, compared by the self-check.

    {"format", "period": {column: value}, "scheme": {column: value},
     "levels" | "reasons" | "caps" | "rules": {key: {column: value}}}

Keys are the words of the field (the rank, the code of a reason), so that one version is compared with another as well.
"""

from django.db.models import BooleanField

from ratings.models import Cap, Level, Reason, Rule, Scheme

FORMAT = 1  # of the text; raised with any change of its shape
OF_PERIOD = "year quarter starts cutoff cell_due committee_due bloc_due".split()
OF_SCHEME = "code version name first_year last_year legal_basis comparable_group".split()
COLUMNS = {
    "levels": "code rank organization_label member_label least_points".split(),
    "reasons": "code label kind of_organizations ceiling months".split(),
    "caps": "limits percent base enabled".split(),
    "rules": "code strength number legal_basis enabled".split(),
}
MODELS = {"levels": Level, "reasons": Reason, "caps": Cap, "rules": Rule}
NAMES = {"levels": "mức", "reasons": "lý do", "caps": "tỷ lệ khống chế", "rules": "quy tắc"}


def reading_of(period):
    """The text of a period as a dict of plain values."""
    days = {name: getattr(period, name) for name in OF_PERIOD}
    return {"format": FORMAT, "period": {name: _plain(value) for name, value in days.items()}} | scheme_text(
        period.scheme
    )


def scheme_text(scheme):
    """The part of a version of a scheme in it. Five queries."""
    parts = {"scheme": {name: _plain(getattr(scheme, name)) for name in OF_SCHEME}}
    for part, columns in COLUMNS.items():
        parts[part] = rows = {}
        for row in getattr(scheme, part).order_by("pk"):
            key = _key(part, row)
            while key in rows:  # caps have no name of their own
                key += " (nữa)"
            rows[key] = {name: _plain(getattr(row, name)) for name in columns}
    return parts


def _key(part, row):
    if part == "levels":
        return str(row.rank)
    if part == "caps":
        return row.limits
    if part == "rules":
        return f"{row.code} {row.reason.code}" if row.reason else row.code
    return row.code


def _plain(value):
    """A number with digits after the point reads alike on every database: 12.5, not 12.50."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else f"{value.normalize():f}"


def differences(before, after):
    """Sentences, one a column that reads otherwise, of two texts of one period, or of two versions of one scheme."""
    said = _compared("Lược đồ", Scheme, before["scheme"], after["scheme"])
    if "period" in before and "period" in after:
        said = [
            f"Kỳ, {name}: {_told(old)} → {_told(after['period'].get(name))}."
            for name, old in before["period"].items()
            if old != after["period"].get(name)
        ] + said
    for part, model in MODELS.items():
        was, now = before[part], after[part]
        for key in was | now:
            row = was.get(key) or now[key]
            name = f"{NAMES[part]} {_called(part, row)}"
            if key not in now:
                said.append(f"Bớt {name}.")
            elif key not in was:
                said.append(f"Thêm {name}.")
            else:
                said += _compared(name[0].upper() + name[1:], model, was[key], now[key])
    return said


def _called(part, row):
    if part == "levels":
        return str(row["rank"])
    if part == "reasons":
        return f"“{row['label']}”"
    if part == "caps":
        return Cap.Limits(row["limits"]).label
    return f"“{Rule.Code(row['code']).label}”"


def _compared(whose, model, was, now):
    """`version` is what tells two versions apart and no difference in what they say."""
    return [
        f"{whose}, {model._meta.get_field(name).verbose_name}: {_told(old, model, name)} → "
        f"{_told(now.get(name), model, name)}."
        for name, old in was.items()
        if old != now.get(name) and name != "version"
    ]


def _told(value, model=None, name=""):
    field = model and model._meta.get_field(name)
    if isinstance(field, BooleanField):
        return "có" if value else "không"
    if value is None or value == "":
        return "để trống"
    return f"“{dict(field.flatchoices).get(value, value) if field else value}”"
