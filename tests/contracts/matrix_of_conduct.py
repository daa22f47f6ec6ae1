"""The table of answers: what enterprises say of officers' conduct. Legend: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
me/complaints/
    GET   -                   > .. ---- ---- --- --- -
me/complaints/new/
    GET   -                   > .. ---- ---- --- --- -
    POST  -                   > ++ ---- ---- --- --- -
me/complaints/<slug:number>/
    GET   complaint ours      > .- ---- ---- --- --- -
    GET   complaint there     > -- ---- ---- --- --- -
desk/conduct/
    GET   -                   > -- ---- ---- -.- --- -
desk/conduct/<slug:number>/
    GET   complaint ours      > -- ---- ---- -.- --- -
    GET   complaint named     > -- ---- ---- --- --- -
    GET   complaint there     > -- ---- ---- --- --- -
desk/conduct/<slug:number>/acceptances/
    GET   complaint ours      > -- ---- ---- -m- --- -
    POST  complaint ours      > -- ---- ---- -+- --- -
    POST  complaint named     > -- ---- ---- --- --- -
    POST  complaint there     > -- ---- ---- --- --- -
    POST  taken-up ours       > -- ---- ---- -=- --- -
desk/conduct/<slug:number>/answers/
    GET   taken-up ours       > -- ---- ---- -m- --- -
    POST  taken-up ours       > -- ---- ---- -+- --- -
    POST  taken-up there      > -- ---- ---- --- --- -
    POST  complaint ours      > -- ---- ---- -=- --- -
"""
