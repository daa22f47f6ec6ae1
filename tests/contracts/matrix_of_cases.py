"""The table of answers, second part: lists of cases, one case, and each step on one.

`ours` is led by the finance office and was said by the boss of the lamps, to whom the
officer is paired; where it is local it is the township's. `foreign` belongs to others of
the county, `there` to the other county. Legend and roles: `matrix.py`.
"""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/queues/<slug:code>/
    GET   to-accept           > -- .... ---- ..- --- .
    GET   to-sign             > -- .... .... ..- --- .
desk/approvals/
    GET   -                   > -- .... .... ... ... .
# A list may be empty: who keeps the system sees no case in it.
desk/appeals/
    GET   -                   > -- .... .... ... ... .
desk/appeals/new/
    GET   -                   > -- .!!. .!.. !!! !!! .
    POST  -                   > -- +!!+ +!++ !!! !!! +
desk/appeals/export/
    GET   -                   > -- mmmm mmmm mmm mmm m
    POST  -                   > -- .... .... ... !!! .

desk/appeals/<slug:number>/
#                             a bo OWRD fFlt csp yeu x
    GET   submitted ours      > -- .... ---- ... --- -
    GET   submitted foreign   > -- .... ---- ..- --- -
    GET   submitted there     > -- ---- ---- --- --- .
    GET   handling ours       > -- .... ..-- ... --- -
    GET   handling foreign    > -- .... --.- ..- --- -
    GET   handling there      > -- ---- ---- --- --- .
    GET   local ours          > -- .... ---. ... --- -
    GET   local foreign       > -- .... ---- ..- --- -
    GET   published ours      > -- .... ..-- ... --- -
    GET   over ours           > -- .... ..-- ... --- -
    GET   declined ours       > -- .... ---- ... --- -
desk/appeals/<slug:number>/deadline/
    GET   handling ours       > -- .... ..-- ... --- -
    GET   handling foreign    > -- .... --.- ..- --- -
    GET   handling there      > -- ---- ---- --- --- .
# A file is there for whom its case is there.
desk/appeals/<slug:number>/files/<slug:code>/preview/
    GET   paper handling ours      > -- .... ..-- ... --- -
    GET   proof review foreign     > -- .... --.- ..- --- -
    GET   paper handling there     > -- ---- ---- --- --- .
    POST  paper handling ours      m mm mmmm mmmm mmm mmm m
desk/appeals/<slug:number>/files/<slug:code>/<str:name>/
    GET   paper handling ours      > -- .... ..-- ... --- -
    GET   paper handling foreign   > -- .... --.- ..- --- -
    GET   proof review ours        > -- .... ..-- ... --- -
    GET   paper handling there     > -- ---- ---- --- --- .
    POST  paper handling ours      m mm mmmm mmmm mmm mmm m
desk/appeals/<slug:number>/acceptances/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    GET   submitted foreign   > -- .!!. ---- !!- --- -
    GET   submitted there     > -- ---- ---- --- --- .
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  submitted ours      > -- +!!+ ---- !!! --- -
    POST  submitted foreign   > -- +!!+ ---- !!- --- -
    POST  submitted there     > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/declines/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    POST  submitted ours      > -- +!!+ ---- !!! --- -
    POST  submitted foreign   > -- +!!+ ---- !!- --- -
    POST  submitted there     > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/answers/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    POST  submitted ours      > -- +!!+ ---- !!! --- -
    POST  submitted foreign   > -- +!!+ ---- !!- --- -
    POST  submitted there     > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/dispatches/
    GET   to-dispatch ours    > -- .!!. ---- !!! --- -
    GET   to-dispatch foreign  > -- .!!. ---- !!- --- -
    GET   to-dispatch there   > -- ---- ---- --- --- .
    GET   dispatched ours     > -- >!!> !!-- !!! --- -
    POST  to-dispatch ours    > -- +!!+ ---- !!! --- -
    POST  to-dispatch foreign  > -- +!!+ ---- !!- --- -
    POST  to-dispatch there   > -- ---- ---- --- --- +
    POST  dispatched ours     > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/take-backs/
    GET   dispatched ours     > -- mmmm mmmm mmm mmm m
    POST  dispatched ours     > -- +!!+ !!-- !!! --- -
    POST  dispatched foreign  > -- +!!+ --!- !!- --- -
    POST  dispatched there    > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/signatures/
#                             a bo OWRD fFlt csp yeu x
    GET   dispatched ours     > -- mmmm mmmm mmm mmm m
    POST  dispatched ours     > -- !!!! +!-- !!! --- -
    POST  dispatched foreign  > -- !!!! --+- !!- --- -
    POST  dispatched there    > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/replies/
    GET   handling ours       > -- !!!! .!-- !!! --- -
    GET   handling foreign    > -- !!!! --.- !!- --- -
    GET   review ours         > -- !!!! >!-- !!! --- -
    POST  handling ours       > -- !!!! +!-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  local ours          > -- !!!! ---+ !!! --- -
    POST  review ours         > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/approvals/
    GET   approval ours       > -- !!!! !.-- !!! --- -
    GET   handling ours       > -- !!!! !>-- !!! --- -
    POST  approval ours       > -- !!!! !+-- !!! --- -
    POST  approval foreign    > -- !!!! --!- !!- --- -
    POST  approval there      > -- ---- ---- --- --- !
    POST  review ours         > -- !!!! !=-- !!! --- -
desk/appeals/<slug:number>/reviews/
    GET   review ours         > -- !.!. !!-- !!! --- -
    GET   handling ours       > -- !>!> !!-- !!! --- -
    POST  review ours         > -- !+!+ !!-- !!! --- -
    POST  review foreign      > -- !+!+ --!- !!- --- -
    POST  review there        > -- ---- ---- --- --- !
    POST  published ours      > -- !=!= !!-- !!! --- -
desk/appeals/<slug:number>/recalls/
    GET   published ours      > -- mmmm mmmm mmm mmm m
    POST  published ours      > -- !+!+ !!-- !!! --- -
    POST  published foreign   > -- !+!+ --!- !!- --- -
    POST  published there     > -- ---- ---- --- --- !
    POST  over ours           > -- !=!= !!-- !!! --- -
desk/appeals/<slug:number>/hand-ups/
    GET   local ours          > -- !!!! ---. !!! --- -
    GET   handling ours       > -- !!!! >!-- !!! --- -
    POST  local ours          > -- !!!! ---+ !!! --- -
    POST  local foreign       > -- !!!! ---- !!- --- -
    POST  local there         > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/take-overs/
#                             a bo OWRD fFlt csp yeu x
    GET   local ours          > -- .!!. ---! !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  local ours          > -- +!!+ ---! !!! --- -
    POST  local foreign       > -- +!!+ ---- !!- --- -
    POST  local there         > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/reminders/
    GET   handling ours       > -- .... !!-- !!! --- -
    POST  handling ours       > -- ++++ !!-- !!! --- -
    POST  handling foreign    > -- ++++ --!- !!- --- -
    POST  handling there      > -- ---- ---- --- --- +
    POST  review ours         > -- ==== !!-- !!! --- -
desk/appeals/<slug:number>/closures/
    GET   over ours           > -- mmmm mmmm mmm mmm m
    POST  over ours           > -- ++++ !!-- !!! --- -
    POST  over foreign        > -- ++++ --!- !!- --- -
    POST  over there          > -- ---- ---- --- --- +
    POST  published ours      > -- ==== !!-- !!! --- -
desk/appeals/<slug:number>/viewers/
    GET   handling ours       > -- !!!. !!-- !!! --- -
    POST  handling ours       > -- !!!+ !!-- !!! --- -
    POST  handling foreign    > -- !!!+ --!- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
desk/appeals/<slug:number>/contact-views/
    GET   handling ours       > -- mmmm mmmm mmm mmm m
    POST  handling ours       > -- .... ..-- !!. --- -
    POST  handling foreign    > -- .... --.- !!- --- -
    POST  handling there      > -- ---- ---- --- --- .

appeals/
    GET   -                   > .. ---- ---- --- --- -
appeals/<slug:number>/
    GET   handling ours       > .- ---- ---- --- --- -
    GET   handling foreign    > -- ---- ---- --- --- -
    GET   handling there      > -- ---- ---- --- --- -
# Of the unit's files the enterprise reads those of answers that have gone out.
appeals/<slug:number>/files/<slug:code>/
    GET   paper handling ours      > .- ---- ---- --- --- -
    GET   paper handling foreign   > -- ---- ---- --- --- -
    GET   paper handling there     > -- ---- ---- --- --- -
    GET   proof review ours        > -- ---- ---- --- --- -
    GET   proof published ours     > .- ---- ---- --- --- -
    POST  paper handling ours      m mm mmmm mmmm mmm mmm m
appeals/<slug:number>/files/<slug:code>/preview/
    GET   proof published ours     > .- ---- ---- --- --- -
    GET   proof review ours        > -- ---- ---- --- --- -
    GET   paper handling foreign   > -- ---- ---- --- --- -
appeals/<slug:number>/next/
    GET   submitted ours      > .- ---- ---- --- --- -
    GET   submitted foreign   > -- ---- ---- --- --- -
    GET   submitted there     > -- ---- ---- --- --- -
appeals/<slug:number>/deadline/
    GET   handling ours       > .- ---- ---- --- --- -
    GET   handling foreign    > -- ---- ---- --- --- -
    GET   handling there      > -- ---- ---- --- --- -
appeals/<slug:number>/rating/
#                             a bo OWRD fFlt csp yeu x
    GET   published ours      > .- ---- ---- --- --- -
    GET   handling ours       > .- ---- ---- --- --- -
    POST  published ours      > +- ---- ---- --- --- -
    POST  published foreign   > -- ---- ---- --- --- -
    POST  published there     > -- ---- ---- --- --- -
    POST  handling ours       > =- ---- ---- --- --- -
appeals/<slug:number>/objections/
    GET   declined ours       > .- ---- ---- --- --- -
    POST  declined ours       > +- ---- ---- --- --- -
    POST  declined foreign    > -- ---- ---- --- --- -
    POST  declined there      > -- ---- ---- --- --- -
    POST  handling ours       > =- ---- ---- --- --- -
# Whoever holds a link rates with it, of whatever county, but no clerk; a visit changes nothing.
links/<str:token>/
    GET   link published ours   . .. .... .... ... ... .
    GET   link published there  . .. .... .... ... ... .
    GET   no link               - -- ---- ---- --- --- -
    POST  link published ours   + ++ !!!! !!!! !!! !!! !
    POST  link published there  + ++ !!!! !!!! !!! !!! !
    POST  no link               - -- ---- ---- --- --- -
"""
