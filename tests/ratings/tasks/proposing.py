"""Organizations put their own level forward."""

from ratings.verdicts.verdicts import Proposal, propose


def put_forward(desk, *codes):
    propose(desk.period, [Proposal(organization=desk.world.org[code], level=2) for code in codes], **desk.by())
