"""The faces: HTTP only, no rules. What may be done is decided in the rooms below."""
