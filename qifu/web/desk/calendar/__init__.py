"""The working-day calendar's pages: years, months, the entry of a notice, one day."""
