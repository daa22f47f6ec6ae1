"""The table of answers, eighth part: what was put off, and asked after. Legend: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/appeals/<slug:number>/fulfilments/
    GET   tracked ours        > -- !!!! .!-- !!! --- -
    GET   handling ours       > -- !!!! >!-- !!! --- -
    POST  tracked ours        > -- !!!! +!-- !!! --- -
    POST  tracked foreign     > -- !!!! --+- !!- --- -
    POST  tracked there       > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/breaches/
    GET   tracked ours        > -- !!!! .!-- !!! --- -
    GET   handling ours       > -- !!!! >!-- !!! --- -
    POST  tracked ours        > -- !!!! +!-- !!! --- -
    POST  tracked foreign     > -- !!!! --+- !!- --- -
    POST  tracked there       > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/milestones/
    GET   tracked ours        > -- !!!! .!-- !!! --- -
    GET   handling ours       > -- !!!! >!-- !!! --- -
    POST  tracked ours        > -- !!!! +!-- !!! --- -
    POST  tracked foreign     > -- !!!! --+- !!- --- -
    POST  tracked there       > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/milestone-completions/
    GET   on_the_way ours     > -- !!!! .!-- !!! --- -
    GET   handling ours       > -- !!!! >!-- !!! --- -
    POST  on_the_way ours     > -- !!!! +!-- !!! --- -
    POST  on_the_way foreign  > -- !!!! --+- !!- --- -
    POST  on_the_way there    > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! =!-- !!! --- -
desk/promises/
    GET   -                   > -- .... .... ... ... .
desk/promises/export/
    GET   -                   > -- mmmm mmmm mmm mmm m
    POST  -                   > -- .... .... ... !!! .
appeals/<slug:number>/promise-objections/
    GET   tracked ours        > .- ---- ---- --- --- -
    POST  tracked ours        > +- ---- ---- --- --- -
    POST  tracked foreign     > -- ---- ---- --- --- -
    POST  tracked there       > -- ---- ---- --- --- -
    POST  handling ours       > =- ---- ---- --- --- -
"""
