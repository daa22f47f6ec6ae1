"""The table of answers: ratings that are left out of the figures. Legend: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/exclusions/
    GET   -                   > -- .... .... ... !!! .
desk/appeals/<slug:number>/exclusion-requests/
    GET   closed ours         > -- !!!! !.-- !!! --- -
    GET   handling ours       > -- !!!! !>-- !!! --- -
    GET   asked_out ours      > -- !!!! !>-- !!! --- -
    POST  closed ours         > -- !!!! !+-- !!! --- -
    POST  closed foreign      > -- !!!! --!- !!- --- -
    POST  closed there        > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! !=-- !!! --- -
    POST  asked_out ours      > -- !!!! !=-- !!! --- -
desk/appeals/<slug:number>/exclusion-rulings/
    GET   asked_out ours      > -- !!!. !!-- !!! --- -
    GET   excluded ours       > -- !!!> !!-- !!! --- -
    POST  asked_out ours      > -- !!!+ !!-- !!! --- -
    POST  asked_out foreign   > -- !!!+ --!- !!- --- -
    POST  asked_out there     > -- ---- ---- --- --- !
    POST  excluded ours       > -- !!!= !!-- !!! --- -
#                             a bo OWRD fFlt csp yeu x
appeals/<slug:number>/exclusion-objections/
    GET   excluded ours       > .- ---- ---- --- --- -
    POST  excluded ours       > +- ---- ---- --- --- -
    POST  excluded foreign    > -- ---- ---- --- --- -
    POST  excluded there      > -- ---- ---- --- --- -
    POST  asked_out ours      > =- ---- ---- --- --- -
"""
