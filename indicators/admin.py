from ledger.web.admin_base import read_only

from .models import Indicator, Target, TargetGroup

read_only(TargetGroup, Indicator, Target)
