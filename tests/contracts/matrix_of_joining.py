"""The table of answers, fourth part: cases that go together or away. Roles: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/appeals/<slug:number>/duplicates/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    GET   submitted foreign   > -- .!!. ---- !!- --- -
    GET   submitted there     > -- ---- ---- --- --- .
desk/appeals/<slug:number>/mergers/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  submitted ours      > -- +!!+ ---- !!! --- -
    POST  submitted foreign   > -- +!!+ ---- !!- --- -
    POST  submitted there     > -- ---- ---- --- --- +
    POST  review ours         > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/splits/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    GET   to-dispatch ours    > -- .!!. ---- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  to-dispatch foreign  > -- +!!+ ---- !!- --- -
    POST  submitted ours      > -- +!!+ ---- !!! --- -
    POST  submitted there     > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/turn-aways/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    GET   to-dispatch ours    > -- .!!. ---- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  submitted ours      > -- +!!+ ---- !!! --- -
    POST  to-dispatch foreign  > -- +!!+ ---- !!- --- -
    POST  submitted there     > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/turned-away/
    GET   -                   > -- .... !!!! ..! !!! .
desk/turned-away/export/
    GET   -                   > -- mmmm mmmm mmm mmm m
    POST  -                   > -- .... !!!! ..! !!! .
desk/appeals/<slug:number>/unmergers/
    GET   merged ours         > -- .!!. ---- !!! --- -
    GET   submitted ours      > -- >!!> ---- !!! --- -
    POST  merged ours         > -- +!!+ ---- !!! --- -
    POST  merged foreign      > -- +!!+ ---- !!- --- -
    POST  merged there        > -- ---- ---- --- --- +
    POST  submitted ours      > -- =!!= ---- !!! --- -
"""
