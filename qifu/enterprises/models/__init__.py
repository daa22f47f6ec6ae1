"""The tables of the room, one module per noun."""

from qifu.enterprises.models.bindings import Binding, BindingState, Ending, SpeaksAs, Via
from qifu.enterprises.models.enterprises import Enterprise, EnterpriseStatus, Size
from qifu.enterprises.models.ties import Tie, TieKind

__all__ = [
    "Binding",
    "BindingState",
    "Ending",
    "Enterprise",
    "EnterpriseStatus",
    "Size",
    "SpeaksAs",
    "Tie",
    "TieKind",
    "Via",
]
