"""The table of answers, ninth part: what could not be done, and its letter. Legend: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/refusals/
    GET   -                   > -- .... .... ... ... .
desk/refusals/export/
    GET   -                   > -- mmmm mmmm mmm mmm m
    POST  -                   > -- .... .... ... !!! .
desk/appeals/<slug:number>/letters/<slug:letter>/
    GET   letter refused ours     > -- .... ..-- ... --- -
    GET   letter refused foreign  > -- .... --.- ..- --- -
    GET   letter refused there    > -- ---- ---- --- --- .
appeals/<slug:number>/letters/<slug:letter>/
    GET   letter refused ours     > .- ---- ---- --- --- -
    GET   letter refused there    > -- ---- ---- --- --- -
"""
