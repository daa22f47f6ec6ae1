"""Desk pages of people and units: signing in, roster, register, filings, accounts."""
