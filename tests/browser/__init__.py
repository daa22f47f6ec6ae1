"""Walks through the real pages in Chromium, as the people of the county take them."""
