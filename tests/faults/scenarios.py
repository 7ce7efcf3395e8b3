"""Every scene there is: each file of scenes adds its own to `SCENES`."""

from . import imports, inspections, organizations, people, ratings, roll
from .scene import SCENES

__all__ = ["SCENES", "imports", "inspections", "organizations", "people", "ratings", "roll"]
