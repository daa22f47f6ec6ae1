"""Every write of the room, one module for each family of verbs.

Rows are touched in one order: the units' parts, then the case, then anything else, so
that two deeds on one case wait for each other and never in a ring.
"""
