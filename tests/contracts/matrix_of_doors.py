"""The table of answers: the ways in that clerks use for others. Roles: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/appeals/new/heard/
    GET   -                   > -- mmmm mmmm mmm mmm m
    POST  -                   > -- .!!. .!.. !!! !!! .
desk/appeals/pastes/
    GET   -                   > -- .!!. .!.. !!! !!! .
    POST  -                   > -- .!!. .!.. !!! !!! .
desk/appeals/pasted/
    GET   -                   > -- mmmm mmmm mmm mmm m
    POST  -                   > -- +!!+ +!++ !!! !!! +
"""
