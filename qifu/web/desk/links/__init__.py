"""One-time links of people of units: a step without signing in, and the list of a case's links."""
