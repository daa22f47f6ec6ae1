"""Journeys (旅程): a clause of the notice walked from end to end, through the pages."""
