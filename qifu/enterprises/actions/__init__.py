"""Every write of the room, one module per family of verbs."""

from qifu.enterprises.actions.binding import (
    approve_binding,
    ask_binding,
    bind_by_phone,
    invite,
    refuse_binding,
    reveal_asker,
)
from qifu.enterprises.actions.parting import hand_over_admin, remove_binding, withdraw_request
from qifu.enterprises.actions.registering import (
    Particulars,
    correct_enterprise,
    register_enterprise,
    reveal_phone,
)
from qifu.enterprises.actions.tying import tie, untie

__all__ = [
    "Particulars",
    "approve_binding",
    "ask_binding",
    "bind_by_phone",
    "correct_enterprise",
    "hand_over_admin",
    "invite",
    "refuse_binding",
    "register_enterprise",
    "remove_binding",
    "reveal_asker",
    "reveal_phone",
    "tie",
    "untie",
    "withdraw_request",
]
