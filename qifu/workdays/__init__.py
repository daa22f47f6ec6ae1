"""The working-day calendar (工作日历): a county's tables of holidays and 调休, by version.

An edit makes a new version and leaves the old ones readable, for deadlines cite the
version by which they were counted. What is counted is in `kernel.calendars`.
Serves 二（一）, 二（三）: every limit of the notice is in working days.
May import: journal, kernel.
"""
