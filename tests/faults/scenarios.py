"""Every scene there is: each file of scenes adds its own to `SCENES`."""

from . import inspections, organizations, people, ratings, roll  # noqa: F401
from .scene import SCENES as SCENES
