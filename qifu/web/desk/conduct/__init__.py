"""反映干部作风, as supervisors and nobody else see it."""
