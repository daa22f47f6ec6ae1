"""Keeping it going: what runs by itself, and what reached nobody."""
