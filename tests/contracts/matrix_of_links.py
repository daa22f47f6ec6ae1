"""The table of answers, fifth part: links that open one step. Legend and roles: `matrix.py`.

Whoever holds a link opens it, whoever he is; without one there is nothing for anybody.
"""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/links/<str:token>/
    GET   sign dispatched ours     . .. .... .... ... ... .
    GET   sign dispatched there    . .. .... .... ... ... .
    GET   approve approval ours    . .. .... .... ... ... .
    GET   link published ours      - -- ---- ---- --- --- -
    GET   no link                  - -- ---- ---- --- --- -
    POST  sign dispatched ours     + ++ ++++ ++++ +++ +++ +
    POST  sign dispatched there    + ++ ++++ ++++ +++ +++ +
    POST  approve approval ours    ? ?? ???? ???? ??? ??? ?
    POST  link published ours      - -- ---- ---- --- --- -
    POST  no link                  - -- ---- ---- --- --- -
desk/links/<str:token>/files/<slug:code>/
    GET   approve approval ours    . .. .... .... ... ... .
    GET   no link                  - -- ---- ---- --- --- -
desk/appeals/<slug:number>/links/
    GET   handling ours            > -- .... ..-- ... --- -
    GET   handling foreign         > -- .... --.- ..- --- -
    GET   handling there           > -- ---- ---- --- --- .
    POST  handling ours            > -- !!!! +!-- !!! --- -
    POST  handling foreign         > -- !!!! --?- !!- --- -
    POST  handling there           > -- ---- ---- --- --- !
desk/appeals/<slug:number>/links/<slug:link>/revocations/
    GET   link of dispatched ours  > -- mmmm mmmm mmm mmm m
    POST  link of dispatched ours  > -- +!!+ +--- --- --- -
    POST  link of dispatched there  > -- ---- ---- --- --- +
"""
