"""The demo county (演示县): fictional people, enterprises and cases, made by real actions.

Nothing here is real but the units: every name, number and problem is made up. Dates are
relative to the day on which it is made, and the same day makes the same county.
May import: every room; nobody imports it.
"""
