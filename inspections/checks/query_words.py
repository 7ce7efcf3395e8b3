"""What the query string of the list of inspections may say: for its filters, and for who links to it."""

KINDS_COUNTED = "KTGS"  # inspections and supervisions together, as the target group counts them


class BY:
    OWN, ANSWERED, BELOW, OTHERS = "minh", "nhan", "duoi", "duoc"


class PLANNED:
    YES, NO = "trong", "ngoai"


class DONE:
    YES, NO = "roi", "chua"
