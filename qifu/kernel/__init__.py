"""The ground that every room stands on: time, errors, the county key, deadlines.

Imports nothing of ours.
"""
