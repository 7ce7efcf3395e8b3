"""Invented people in plausible organizations, with the real totals of 2017 (domain §6), all through the verbs."""
