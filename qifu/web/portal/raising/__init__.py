"""Saying what is wrong: the problem first, then whose it is, then how to reach him."""
