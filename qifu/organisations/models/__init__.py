"""The tables of the room, one module per noun."""

from qifu.organisations.models.absences import Absence, AbsenceReason
from qifu.organisations.models.counties import County
from qifu.organisations.models.groups import GroupMember, WorkingGroup
from qifu.organisations.models.hand_overs import (
    HandOver,
    HandOverBlock,
    HandOverState,
    LeavingReason,
)
from qifu.organisations.models.people import Post, PostKind, User, UserKind
from qifu.organisations.models.signing import PhoneCode, SignInFailure
from qifu.organisations.models.units import Unit, UnitFiling, UnitKind

__all__ = [
    "Absence",
    "AbsenceReason",
    "County",
    "GroupMember",
    "HandOver",
    "HandOverBlock",
    "HandOverState",
    "LeavingReason",
    "PhoneCode",
    "Post",
    "PostKind",
    "SignInFailure",
    "Unit",
    "UnitFiling",
    "UnitKind",
    "User",
    "UserKind",
    "WorkingGroup",
]
