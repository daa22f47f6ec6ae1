"""Filling a county with cases by the hundred thousand, each with a whole history.

Some hundreds of cases are lived through the real actions; the rest are copies of them with
keys, numbers, days, enterprises and words of their own, chained by the journal's own hash.
"""
