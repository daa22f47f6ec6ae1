"""The table of answers, fifth part: upwards and back. Legend and roles: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/escalations/
    GET   -                   > -- .... .... ... !!! .
desk/escalations/export/
    GET   -                   > -- mmmm mmmm mmm mmm m
    POST  -                   > -- .... .... ... !!! .
desk/post-backs/
    GET   -                   > -- .... .... ... !!! .
desk/appeals/<slug:number>/post-backs/
    GET   posting ours        > -- .!!. !!-- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  posting ours        > -- +!!+ !!-- !!! --- -
    POST  posting foreign     > -- +!!+ --!- !!- --- -
    POST  posting there       > -- ---- ---- --- --- +
    POST  handling ours       > -- >!!> !!-- !!! --- -
desk/appeals/<slug:number>/escalation-requests/
    GET   handling ours       > -- !!!! .!-- !!! --- -
    POST  handling ours       > -- !!!! +!-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  asking up ours      > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/escalation-rulings/
    GET   asking up ours      > -- .!!. !!-- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  asking up ours      > -- +!!+ !!-- !!! --- -
    POST  asking up foreign   > -- +!!+ --!- !!- --- -
    POST  asking up there     > -- ---- ---- --- --- +
    POST  handling ours       > -- >!!> !!-- !!! --- -
desk/appeals/<slug:number>/escalations/
    GET   handling ours       > -- .!!. !!-- !!! --- -
    GET   to-dispatch ours    > -- .!!. ---- !!! --- -
    GET   review ours         > -- >!!> !!-- !!! --- -
    POST  handling ours       > -- +!!+ !!-- !!! --- -
    POST  asking up ours      > -- +!!+ !!-- !!! --- -
    POST  to-dispatch ours    > -- +!!+ ---- !!! --- -
    POST  handling foreign    > -- +!!+ --!- !!- --- -
    POST  handling there      > -- ---- ---- --- --- +
    POST  escalated ours      > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/upper-facts/
    GET   escalated ours      > -- .!!. !!-- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  escalated ours      > -- +!!+ !!-- !!! --- -
    POST  escalated foreign   > -- +!!+ --!- !!- --- -
    POST  escalated there     > -- ---- ---- --- --- +
    POST  handling ours       > -- >!!> !!-- !!! --- -
desk/appeals/<slug:number>/upper-replies/
    GET   escalated ours      > -- .!!. !!-- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  escalated ours      > -- +!!+ !!-- !!! --- -
    POST  escalated foreign   > -- +!!+ --!- !!- --- -
    POST  escalated there     > -- ---- ---- --- --- +
    POST  handling ours       > -- >!!> !!-- !!! --- -
"""
