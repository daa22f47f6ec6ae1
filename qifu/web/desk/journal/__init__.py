"""The journal's page, for oversight and the auditor: its end, its anchors, its events."""
