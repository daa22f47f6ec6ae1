"""The numbers by which pages name an enterprise or a binding; migrations know this address."""

from qifu.kernel.numbers import new_number

__all__ = ["new_number"]
