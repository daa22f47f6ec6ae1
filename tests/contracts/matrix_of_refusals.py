"""The table of answers, ninth part: a no with its letter; photos of licences. See `matrix.py`."""

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
me/requests/<slug:number>/files/<slug:code>/
    GET   licence ours            > -. ---- ---- --- --- -
    GET   licence there           > -- ---- ---- --- --- -
desk/enterprises/requests/<slug:number>/files/<slug:code>/
    GET   licence ours            > -- .... ---- --- --- -
    GET   licence there           > -- ---- ---- --- --- .
me/requests/<slug:number>/files/<slug:code>/preview/
    GET   licence ours            > -. ---- ---- --- --- -
    GET   licence there           > -- ---- ---- --- --- -
desk/enterprises/requests/<slug:number>/files/<slug:code>/preview/
    GET   licence ours            > -- .... ---- --- --- -
    GET   licence there           > -- ---- ---- --- --- .
"""
