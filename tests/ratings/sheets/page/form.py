"""The plain form of a sheet: its address, what is typed into it, what the page says."""

import re

from django.urls import reverse

PASSWORD = "mot-cau-dai-kho-doan"
PAGE = reverse("ratings", args=["DB01-01", (2018, None)])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def pk(desk, name):
    return desk.world.people[name].pk


def typed(desk, versions=(0, 0), **more):
    """What the plain form sends: An and Bình empty, but for `more` ({field_Name: text})."""
    data = {}
    for name, version in zip(("An", "Bình"), versions, strict=True):
        data |= {f"{field}_{pk(desk, name)}": "" for field in ("ly_do", "ghi_chu", "giai_trinh")}
        data[f"v_{pk(desk, name)}"] = str(version)
    for field, value in more.items():
        stem, _, name = field.rpartition("_")
        data[f"{stem}_{pk(desk, name)}" if name in desk.world.people else field] = value
    return data
