"""The portal (企业端): say it once, see who has it and by when, rate it. Phone first.

HTTP only: every rule is in a room, every write is one of its actions.
"""
