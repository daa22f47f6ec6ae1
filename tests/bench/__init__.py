"""Measurements, run by hand; numbers depend on the machine, so no test waits for them."""
