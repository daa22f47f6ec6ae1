"""The table of answers for absences and hand-overs; the signs are those of `matrix`."""

TABLE = """
# Being away: everybody sees what concerns him; himself, his leader or the office enters it.
#                             a bo OWRD fFlt csp yeu x
desk/absences/
    GET   -                   > -- .... .... ... ... .
desk/absences/new/
    GET   -                   > -- .... .... ... ... .
    POST  -                   > -- ++++ ++?? ??? ??? +
desk/absences/<slug:number>/deputies/
    GET   away ours           > -- .... ..-- --! --- -
    POST  away ours           > -- ++++ ++-- --! --- -
    POST  away there          > -- ---- ---- --- --- +
desk/absences/<slug:number>/endings/
    GET   away ours           m mm mmmm mmmm mmm mmm m
    POST  away ours           > -- ++++ ++-- --! --- -
    POST  away there          > -- ---- ---- --- --- +

# Handing over: the leaver, his leader, the office and who closes accounts prepare it;
# what the unit names itself its leader or the office gives, and the receiver takes.
#                             a bo OWRD fFlt csp yeu x
desk/hand-overs/
    GET   -                   > -- .... .... ... ... .
desk/hand-overs/new/
    GET   -                   > -- .... .... ... ... .
    POST  -                   > -- +!!+ ?+?? ??+ ++? +
desk/hand-overs/<slug:number>/
    GET   paper ours          > -- .... ..-- --. ..- -
    GET   paper there         > -- ---- ---- --- --- .
desk/hand-overs/<slug:number>/receivers/
    GET   paper ours          m mm mmmm mmmm mmm mmm m
    POST  paper ours          > -- +!!+ ++-- --! ++- -
    POST  paper there         > -- ---- ---- --- --- +
desk/hand-overs/<slug:number>/signatures/
    GET   paper ours          m mm mmmm mmmm mmm mmm m
    POST  paper ours          > -- +!!+ ++-- --! !!- -
    POST  paper there         > -- ---- ---- --- --- +
desk/hand-overs/<slug:number>/cancellations/
    GET   paper ours          m mm mmmm mmmm mmm mmm m
    POST  paper ours          > -- +!!+ ++-- --! ++- -
    POST  paper there         > -- ---- ---- --- --- +
desk/hand-overs/<slug:number>/acceptances/
    GET   offered ours        m mm mmmm mmmm mmm mmm m
    POST  offered ours        > -- !!!! ---! --+ !!- -
    POST  offered there       > -- ---- ---- --- --- !
    POST  paper ours          > -- ==== ==-- --= ==- -
desk/hand-overs/<slug:number>/refusals/
    GET   offered ours        m mm mmmm mmmm mmm mmm m
    POST  offered ours        > -- !!!! ---! --+ !!- -
    POST  offered there       > -- ---- ---- --- --- !
desk/hand-overs/<slug:number>/withdrawals/
    GET   offered ours        m mm mmmm mmmm mmm mmm m
    POST  offered ours        > -- +!!+ ---+ --! ++- -
    POST  offered there       > -- ---- ---- --- --- +
"""
