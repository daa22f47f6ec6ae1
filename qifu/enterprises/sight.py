"""Which posts see enterprises, and by what.

The three administrators are in neither list: keeping the system does not open its rows.
"""

from qifu.organisations.models import PostKind

# The whole county.
SEES_ALL = (
    PostKind.OFFICE_OPERATOR,
    PostKind.OFFICE_REVIEWER,
    PostKind.OFFICE_CALLBACK,
    PostKind.OFFICE_DIRECTOR,
    PostKind.COUNTY_LEADER,
    PostKind.SUPERVISOR,
)
# What lies in the unit's place or is tied to the unit.
SEES_UNIT = (
    PostKind.LIAISON,
    PostKind.RESPONSIBLE_LEADER,
    PostKind.PLATFORM_ADMIN,
    PostKind.REPORTER,
)
# Who has a list of enterprises at all; what is in it, `visible_to` says.
SEARCHES = (*SEES_ALL, *SEES_UNIT, PostKind.PAIRED_OFFICER)
