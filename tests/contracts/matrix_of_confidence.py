"""The table of answers: cases that the enterprise wants kept from others. Legend: `matrix.py`.

`confided ours` is handled by the liaison of the finance office, and led there.
"""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/appeals/<slug:number>/
    GET   confided ours       > -- ---. ..-- -.- --- -
    GET   confided foreign    > -- ---. --.- -.- --- -
    GET   confided there      > -- ---- ---- --- --- -
desk/appeals/<slug:number>/deadline/
    GET   confided ours       > -- ---. ..-- -.- --- -
desk/appeals/<slug:number>/files/<slug:code>/preview/
    GET   paper confided ours      > -- ---. ..-- -.- --- -
desk/appeals/<slug:number>/files/<slug:code>/<str:name>/
    GET   paper confided ours      > -- ---. ..-- -.- --- -
    GET   paper confided foreign   > -- ---. --.- -.- --- -
desk/appeals/<slug:number>/replies/
    POST  confided ours       > -- ---! +!-- -!- --- -
    POST  confided foreign    > -- ---! --+- -!- --- -
desk/appeals/<slug:number>/notes/
    POST  confided ours       > -- ---! +!-- -!- --- -
desk/appeals/<slug:number>/reminders/
    POST  confided ours       > -- ---+ !!-- -!- --- -
desk/appeals/<slug:number>/sub-assignments/
    POST  confided ours       > -- ---! ++-- -!- --- -
desk/appeals/<slug:number>/viewers/
    POST  confided ours       > -- ---+ !!-- -!- --- -
desk/appeals/<slug:number>/contact-views/
    POST  confided ours       > -- ---. ..-- -!- --- -
desk/appeals/<slug:number>/confidences/
    GET   handling ours       > -- .!!. !!-- !!! --- -
    GET   confided ours       > -- ---. !!-- -!- --- -
    POST  handling ours       > -- +!!+ !!-- !!! --- -
    POST  handling foreign    > -- +!!+ --!- !!- --- -
    POST  handling there      > -- ---- ---- --- --- +
    POST  confided ours       > -- ---+ !!-- -!- --- -
    POST  confided there      > -- ---- ---- --- --- -
#                             a bo OWRD fFlt csp yeu x
appeals/<slug:number>/
    GET   confided ours       > .- ---- ---- --- --- -
    GET   confided foreign    > -- ---- ---- --- --- -
appeals/<slug:number>/files/<slug:code>/
    GET   paper confided ours      > .- ---- ---- --- --- -
appeals/<slug:number>/confidences/
    GET   handling ours       > .- ---- ---- --- --- -
    POST  handling ours       > +- ---- ---- --- --- -
    POST  handling foreign    > -- ---- ---- --- --- -
    POST  handling there      > -- ---- ---- --- --- -
    POST  confided ours       > +- ---- ---- --- --- -
    POST  confided foreign    > -- ---- ---- --- --- -
"""
