"""The table of answers, written by hand: each address, how it is asked, what each role gets.

.  200 the page              +  303 done                >  302 elsewhere, or sign in first
-  404 there is no such      !  403 seen, but not his   m  405 not by this method
=  409 somebody was faster   ?  422 not like this
"""

# The columns, and who stands for each in the cast.
ROLES = {
    "a": "nobody",
    "b": "boss",  # of the enterprise
    "o": "outsider",  # of another enterprise
    "O": "zhou",  # operator of the office
    "W": "wu",  # its reviewer
    "R": "xu",  # who rings back
    "D": "wang",  # its director
    "f": "zhu",  # liaison of the finance office, the LEAD
    "F": "chen",  # its leader
    "l": "li",  # liaison of the labour office, uninvolved
    "t": "qian",  # liaison of the township
    "c": "zheng",  # county leader
    "s": "feng",  # supervisor
    "p": "he",  # officer paired with the lamps
    "y": "sys",
    "e": "sec",
    "u": "auditor",
    "x": "other zhou",  # operator of the other county
}

TABLE = """
#                             a bo OWRD fFlt csp yeu x
/
    GET   -                   . .. .... .... ... ... .
about/
    GET   -                   . .. .... .... ... ... .
healthz/
    GET   -                   . .. .... .... ... ... .
mailbox/
    GET   -                   . .. .... .... ... ... .
ui/
    GET   -                   . .. .... .... ... ... .
ui/large/
    GET   -                   m mm mmmm mmmm mmm mmm m
    POST  -                   + ++ ++++ ++++ +++ +++ +
ui/density/
    GET   -                   m mm mmmm mmmm mmm mmm m
    POST  -                   + ++ ++++ ++++ +++ +++ +

# Saying it: anybody, in order; the first step that is open is where one is led.
raise/problem/
    GET   -                   . .. .... .... ... ... .
    POST  -                   + ++ ++++ ++++ +++ +++ +
raise/enterprise/
    GET   -                   + ++ ++++ ++++ +++ +++ +
raise/contact/
    GET   -                   + ++ ++++ ++++ +++ +++ +
raise/check/
    GET   -                   + ++ ++++ ++++ +++ +++ +
    POST  -                   + ++ ++++ ++++ +++ +++ +
sign-in/
    GET   -                   . ++ .... .... ... ... .
    POST  -                   + ++ ++++ ++++ +++ +++ +
sign-in/code/
    GET   -                   + ++ ++++ ++++ +++ +++ +
sign-out/
    GET   -                   + ++ ++++ ++++ +++ +++ +
    POST  -                   + ++ ++++ ++++ +++ +++ +

# What concerns a person of an enterprise himself.
#                             a bo OWRD fFlt csp yeu x
me/
    GET   -                   > .. ---- ---- --- --- -
me/requests/new/
    GET   -                   > .. ---- ---- --- --- -
    POST  -                   > += ---- ---- --- --- -
me/requests/<slug:number>/end/
    GET   asked ours          > mm ---- ---- --- --- -
    POST  asked ours          > -+ ---- ---- --- --- -
    POST  asked there         > -- ---- ---- --- --- -
me/enterprises/<slug:number>/
    GET   tea ours            > .- ---- ---- --- --- -
    GET   lamps ours          > -- ---- ---- --- --- -
    GET   tea there           > -- ---- ---- --- --- -
me/enterprises/<slug:number>/people/<slug:binding>/end/
    GET   colleague ours      > .- ---- ---- --- --- -
    POST  colleague ours      > +- ---- ---- --- --- -
    POST  colleague there     > -- ---- ---- --- --- -
me/enterprises/<slug:number>/people/<slug:binding>/admin/
    GET   colleague ours      > .- ---- ---- --- --- -
    POST  colleague ours      > +- ---- ---- --- --- -
    POST  colleague there     > -- ---- ---- --- --- -

# The desk's own pages.
#                             a bo OWRD fFlt csp yeu x
desk/
    GET   -                   > -- .... .... ... ... .
desk/sign-in/
    GET   -                   . .. ++++ ++++ +++ +++ +
    POST  -                   + ++ ++++ ++++ +++ +++ +
desk/sign-out/
    GET   -                   > -- ++++ ++++ +++ +++ +
    POST  -                   > -- ++++ ++++ +++ +++ +
desk/password/
    GET   -                   > -- .... .... ... ... .
    POST  -                   > -- ++++ ++++ +++ +++ +
desk/catalogue/
    GET   -                   > -- .... ---- ..- --- .
desk/journal/
    GET   -                   > -- ---- ---- -.- --. -
desk/roster/
    GET   -                   > -- .... .... ... ... .
desk/calendar/
    GET   -                   > -- .... .... ... ... .
desk/calendar/<int:year>/
    GET   2026                > -- .... .... ... ... .
    GET   1949                > -- ---- ---- --- --- -
desk/calendar/<int:year>/notice/
    GET   2026                > -- ---. ---- --- .-- -
    POST  2026                > -- ---? ---- --- ?-- -
desk/calendar/<int:year>/days/
    GET   2026                > -- ---. ---- --- .-- -
    POST  2026                > -- ---. ---- --- .-- -

# Enterprises: the office and those above see all, a township its own, the officer his.
#                             a bo OWRD fFlt csp yeu x
desk/enterprises/
    GET   -                   > -- .... .... ... --- .
desk/enterprises/new/
    GET   -                   > -- .... !!!. !!! --- .
    POST  -                   > -- ++++ !!!+ !!! --- +
desk/enterprises/<slug:number>/
    GET   tea ours            > -- .... ---. ..- --- -
    GET   lamps ours          > -- .... ---- ... --- -
    GET   tea there           > -- ---- ---- --- --- .
desk/enterprises/<slug:number>/edit/
    GET   tea ours            > -- .... ---. !!- --- -
    GET   lamps ours          > -- .... ---- !!! --- -
    POST  tea ours            > -- ++++ ---+ !!- --- -
    POST  lamps ours          > -- ++++ ---- !!! --- -
    POST  tea there           > -- ---- ---- --- --- +
desk/enterprises/<slug:number>/phone/
    GET   lamps ours          > -- mmmm mmmm mmm --- m
    POST  tea ours            > -- .... ---. !!- --- -
    POST  lamps ours          > -- .... ---- !!. --- -
    POST  tea there           > -- ---- ---- --- --- .
desk/enterprises/<slug:number>/invitations/
    GET   lamps ours          > -- mmmm mmmm mmm --- m
    POST  tea ours            > -- ++++ ---! !!- --- -
    POST  lamps ours          > -- ++++ ---- !!+ --- -
    POST  tea there           > -- ---- ---- --- --- +
desk/enterprises/<slug:number>/bindings/<slug:binding>/end/
    GET   colleague ours      > -- mmmm mmmm mmm --- m
    POST  colleague ours      > -- ++++ ---! !!- --- -
    POST  colleague there     > -- ---- ---- --- --- +
desk/enterprises/<slug:number>/bindings/<slug:binding>/admin/
    GET   colleague ours      > -- mmmm mmmm mmm --- m
    POST  colleague ours      > -- ++++ ---! !!- --- -
    POST  colleague there     > -- ---- ---- --- --- +
desk/enterprises/requests/
    GET   -                   > -- .... ---- --- --- .
desk/enterprises/requests/<slug:number>/approval/
    GET   asked ours          > -- mmmm ---- --- --- m
    POST  asked ours          > -- ++++ ---- --- --- -
    POST  asked there         > -- ---- ---- --- --- +
desk/enterprises/requests/<slug:number>/refusal/
    GET   asked ours          > -- .... ---- --- --- -
    POST  asked ours          > -- ++++ ---- --- --- -
    POST  asked there         > -- ---- ---- --- --- +
desk/enterprises/requests/<slug:number>/phone/
    GET   asked ours          > -- mmmm ---- --- --- m
    POST  asked ours          > -- .... ---- --- --- -
    POST  asked there         > -- ---- ---- --- --- .

# Units: everybody of a unit reads, the office keeps the register, a unit files its own.
#                             a bo OWRD fFlt csp yeu x
desk/units/
    GET   -                   > -- .... .... ... ... .
desk/unfiled-units/
    GET   -                   > -- .... ---- --- --- .
desk/units/new/
    GET   -                   > -- .--. ---- --- --- .
    POST  -                   > -- +--+ ---- --- --- +
desk/units/<slug:code>/
    GET   finance             > -- .... .... ... ... .
    GET   nowhere             > -- ---- ---- --- --- .
desk/units/<slug:code>/filings/
    GET   finance             > -- .... ..!! !!! !!! .
    POST  finance             > -- ++++ ++!! !!! !!! ?
    POST  nowhere             > -- ---- ---- --- --- ?
desk/units/<slug:code>/renamings/
    GET   finance             > -- .--. ---- --- --- .
    POST  finance             > -- +--+ ---- --- --- +
    POST  nowhere             > -- ---- ---- --- --- +
desk/units/<slug:code>/mergers/
    GET   finance             > -- .--. ---- --- --- .
    POST  finance             > -- +--+ ---- --- --- ?
    POST  nowhere             > -- ---- ---- --- --- ?

# Keeping it going: the office sees what reached nobody, its director and the system's
# administrator what runs by itself.
#                             a bo OWRD fFlt csp yeu x
desk/notices/
    GET   -                   > -- .... ---- --- --- .
desk/notices/retries/
    GET   -                   > -- mmmm ---- --- --- m
    POST  failed ours         > -- ++++ ---- --- --- -
desk/jobs/
    GET   -                   > -- ---. ---- --- .-- -
desk/jobs/<slug:code>/runs/
    GET   a job               > -- ---m ---- --- m-- -
    POST  a job               > -- ---+ ---- --- +-- -
    POST  no job              > -- ---- ---- --- --- -

# Accounts: the three administrators, each his own part.
#                             a bo OWRD fFlt csp yeu x
desk/accounts/
    GET   -                   > -- ---- ---- --- ... -
desk/accounts/new/
    GET   -                   > -- ---- ---- --- .-- -
    POST  -                   > -- ---- ---- --- +-- -
desk/accounts/<login:login>/
    GET   zhu                 > -- ---- ---- --- ... -
    GET   nobody              > -- ---- ---- --- --- -
desk/accounts/<login:login>/resets/
    GET   zhu                 > -- ---- ---- --- ..- -
    POST  zhu                 > -- ---- ---- --- +!- -
    POST  nobody              > -- ---- ---- --- --- -
desk/accounts/<login:login>/posts/
    GET   zhu                 > -- ---- ---- --- -.- -
    POST  zhu                 > -- ---- ---- --- -+- -
    POST  nobody              > -- ---- ---- --- --- -
desk/accounts/<login:login>/posts/<slug:kind>/<slug:code>/reliefs/
    GET   zhu's post          > -- ---- ---- --- -.- -
    POST  zhu's post          > -- ---- ---- --- -?- -
    POST  xu's post           > -- ---- ---- --- -+- -
desk/accounts/<login:login>/locks/
    GET   zhu                 m mm mmmm mmmm mmm mmm m
    POST  zhu                 > -- ---- ---- --- -+- -
    POST  nobody              > -- ---- ---- --- --- -
desk/accounts/<login:login>/unlocks/
    GET   zhu                 m mm mmmm mmmm mmm mmm m
    POST  zhu                 > -- ---- ---- --- -+- -
    POST  nobody              > -- ---- ---- --- --- -
desk/accounts/<login:login>/closures/
    GET   zhu                 m mm mmmm mmmm mmm mmm m
    POST  zhu                 > -- ---- ---- --- ?-- -
    POST  idle                > -- ---- ---- --- +-- -
    POST  nobody              > -- ---- ---- --- --- -
desk/accounts/<login:login>/reopenings/
    GET   zhu                 m mm mmmm mmmm mmm mmm m
    POST  zhu                 > -- ---- ---- --- =-- -
    POST  nobody              > -- ---- ---- --- --- -
"""
