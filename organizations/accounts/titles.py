"""What an office is called: "Bí thư Chi bộ Văn phòng, Đảng bộ Sở Y tế", "Đảng ủy Sở Y tế"."""

from collections.abc import Iterable
from datetime import date

from organizations import lineage
from organizations.models import Role
from organizations.rights import BLOC_ROLES


def titles(offices: Iterable[tuple[str, int]], day: date) -> dict[tuple[str, int], str]:
    """{(role, organization id): its name on `day`}. Number of queries: constant."""
    offices = set(offices)
    labels = lineage.labels({pk for _, pk in offices}, day)
    return {(role, pk): title(role, labels.get(pk, "")) for role, pk in offices}


def title(role: str, label: str) -> str:
    """`label`: of the organization (`lineage.label`)."""
    if role in BLOC_ROLES:
        return f"{Role(role).label} · {label}"
    if role == Role.SECRETARY:
        return f"Bí thư {label}"
    return label.replace("Đảng bộ", "Đảng ủy", 1) if "Đảng bộ" in label.split(",")[0] else f"Cấp ủy {label}"
