"""Random histories of cases: every verb in any order, and the laws that hold all the same."""
