"""Every write of the room, one module for each family of verbs."""
