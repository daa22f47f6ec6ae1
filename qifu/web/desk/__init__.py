"""The desk (工作台): the daily work of the office and of the units.

HTTP only: every rule is in a room, every write is one of its actions.
"""
