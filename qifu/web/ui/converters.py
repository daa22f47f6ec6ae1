"""How numbers of rows look in addresses, so that a word never passes for one."""

from __future__ import annotations


class NumberConverter:
    """The eight letters by which an enterprise or a binding is named."""

    regex = "[2-9A-Z]{8}"

    def to_python(self, value: str) -> str:
        """Take it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Write it as it is."""
        return value
