"""Every write of the room: one module per family of verbs."""
