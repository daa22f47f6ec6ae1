"""The table of answers, third part: every bend of the road. Legend and roles: `matrix.py`."""

TABLE = """
#                             a bo OWRD fFlt csp yeu x
desk/appeals/<slug:number>/returns/
    GET   dispatched ours     > -- !!!! .!-- !!! --- -
    POST  dispatched ours     > -- !!!! +!-- !!! --- -
    POST  dispatched foreign  > -- !!!! --+- !!- --- -
    POST  dispatched there    > -- ---- ---- --- --- !
    POST  handling ours       > -- !!!! =!-- !!! --- -
    POST  returned ours       > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/return-rulings/
    GET   returned ours       > -- .!!. !!-- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  returned ours       > -- +!!+ !!-- !!! --- -
    POST  returned foreign    > -- +!!+ --!- !!- --- -
    POST  returned there      > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
desk/appeals/<slug:number>/extensions/
    GET   handling ours       > -- !!!! ..-- !!! --- -
    POST  handling ours       > -- !!!! ++-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  extending ours      > -- !!!! ==-- !!! --- -
desk/appeals/<slug:number>/extension-rulings/
    GET   extending ours      > -- !.!. !!-- !!! --- -
    GET   handling ours       > -- !>!> !!-- !!! --- -
    POST  extending ours      > -- !+!+ !!-- !!! --- -
    POST  extending foreign   > -- !+!+ --!- !!- --- -
    POST  extending there     > -- ---- ---- --- --- !
    POST  handling ours       > -- !=!= !!-- !!! --- -
desk/appeals/<slug:number>/supplements/
    GET   submitted ours      > -- .!!. ---- !!! --- -
    GET   handling ours       > -- >!!> !!-- !!! --- -
    POST  submitted ours      > -- +!!+ ---- !!! --- -
    POST  submitted foreign   > -- +!!+ ---- !!- --- -
    POST  submitted there     > -- ---- ---- --- --- +
    POST  supplement ours     > -- =!!= ---- !!! --- -
desk/appeals/<slug:number>/supplement-requests/
    GET   handling ours       > -- !!!! .!-- !!! --- -
    POST  handling ours       > -- !!!! +!-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  asking ours         > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/supplement-rulings/
    GET   asking ours         > -- mmmm mmmm mmm mmm m
    POST  asking ours         > -- +!!+ !!-- !!! --- -
    POST  asking foreign      > -- +!!+ --!- !!- --- -
    POST  asking there        > -- ---- ---- --- --- +
    POST  handling ours       > -- =!!= !!-- !!! --- -
#                             a bo OWRD fFlt csp yeu x
desk/appeals/<slug:number>/contacts/
    GET   handling ours       > -- !!!! .!-- !!! --- -
    POST  handling ours       > -- !!!! +!-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  review ours         > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/notes/
    GET   handling ours       > -- !!!! .!-- !!! --- -
    POST  handling ours       > -- !!!! +!-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  review ours         > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/interim-replies/
    GET   handling ours       > -- !!!! .!-- !!! --- -
    POST  handling ours       > -- !!!! +!-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  review ours         > -- !!!! =!-- !!! --- -
desk/appeals/<slug:number>/sub-assignments/
    GET   handling ours       > -- !!!! ..-- !!! --- -
    POST  handling ours       > -- !!!! ++-- !!! --- -
    POST  handling foreign    > -- !!!! --+- !!- --- -
    POST  handling there      > -- ---- ---- --- --- !
    POST  review ours         > -- !!!! ==-- !!! --- -
desk/appeals/<slug:number>/callbacks/
    GET   called ours         > -- !!.. !!-- !!! --- -
    GET   handling ours       > -- !!>> !!-- !!! --- -
    POST  called ours         > -- !!++ !!-- !!! --- -
    POST  called foreign      > -- !!++ --!- !!- --- -
    POST  called there        > -- ---- ---- --- --- !
    POST  handling ours       > -- !!== !!-- !!! --- -
desk/appeals/<slug:number>/call-attempts/
    GET   called ours         > -- mmmm mmmm mmm mmm m
    POST  called ours         > -- !!++ !!-- !!! --- -
    POST  called foreign      > -- !!++ --!- !!- --- -
    POST  called there        > -- ---- ---- --- --- !
    POST  handling ours       > -- !!== !!-- !!! --- -

# What the enterprise says on the way.
#                             a bo OWRD fFlt csp yeu x
appeals/<slug:number>/supplements/
    GET   supplement ours     > .- ---- ---- --- --- -
    POST  supplement ours     > +- ---- ---- --- --- -
    POST  supplement foreign  > -- ---- ---- --- --- -
    POST  supplement there    > -- ---- ---- --- --- -
    POST  handling ours       > =- ---- ---- --- --- -
appeals/<slug:number>/urges/
    GET   handling ours       > .- ---- ---- --- --- -
    POST  handling ours       > +- ---- ---- --- --- -
    POST  handling foreign    > -- ---- ---- --- --- -
    POST  handling there      > -- ---- ---- --- --- -
    POST  published ours      > =- ---- ---- --- --- -
appeals/<slug:number>/withdrawals/
    GET   handling ours       > .- ---- ---- --- --- -
    POST  handling ours       > +- ---- ---- --- --- -
    POST  handling foreign    > -- ---- ---- --- --- -
    POST  handling there      > -- ---- ---- --- --- -
    POST  published ours      > =- ---- ---- --- --- -
appeals/<slug:number>/reopenings/
    GET   closed ours         > .- ---- ---- --- --- -
    POST  closed ours         > +- ---- ---- --- --- -
    POST  closed foreign      > -- ---- ---- --- --- -
    POST  closed there        > -- ---- ---- --- --- -
    POST  handling ours       > =- ---- ---- --- --- -
appeals/<slug:number>/extension-objections/
    GET   extended ours       > .- ---- ---- --- --- -
    POST  extended ours       > +- ---- ---- --- --- -
    POST  extended foreign    > -- ---- ---- --- --- -
    POST  extended there      > -- ---- ---- --- --- -
    POST  handling ours       > =- ---- ---- --- --- -
"""
