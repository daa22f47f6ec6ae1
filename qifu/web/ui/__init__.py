"""The shared look of every face: base templates, components, tags, dates, masks.

It knows no room above `organisations`. A page extends one of four shells and speaks in
components; it has no style of its own, no inline style and no inline script (CSP).
All states of all components: `/ui/` (`showcase.py`).

Shells
    ui/desk.html    {% block content %}; also `title`, `topbar_extra`
    ui/portal.html  {% block content %}; `back_url` given → back arrow and `title`,
                    (the h1; a page with its own h1 puts <p class="portal-title"> into
                    block `bar_title`), else the brand; blocks `header`, `footer`, `tabs`
    ui/focus.html   one task, no menu: `heading`, `hint`, `content`, `focus_end`
    ui/base.html    the bare page: failure pages, sign-in

Context
    county    name, office_name, office_phone, banner, footer, icp, demo
    title     the page's name: <title>, and the header on the portal
    nav       [NavGroup(title, [NavItem(label, url, icon, count, tone, current, name)])];
              icon is a name from icons.txt or "lamp:soon"; tone "soon" or "overdue";
              the portal shows the items as its foot bar. See navigation.py
    viewer    Viewer(name, title, sign_out_url, links)
    home_url, search_url, search_words, new_url, new_label (desk), back_url (portal, focus)
    large, density   put there by `context.furniture`

Tags ({% load ui %})
    {% icon "phone" %}                       silent; names in icons.txt
    {% glyph "done" %}                       lamp shapes, also "waiting", "zero"
    {% lamp reading %} {% lamp reading why=False %}   a kernel.readings.Reading, or None
    {% tag "待审核" %} {% tag "待审核" "blue" %}       tone found by the word (tones.py)
    {% mark "重大" %} {% mark "系统建议" "grey" "sparkles" %} {% visibility entry.public %}
    {% field form.name %}                    label, hint (help_text), error, control
        look="cards|list|chips|plain" for choices, numbered="1" shows the keys 1–9,
        hint= label= placeholder= rows= inputmode= autocomplete= data_count="500"
        A choice label "标题｜小字" shows its second part small.
    {% error_summary form %}                 first thing in <main> when the form was refused;
                                             also {% error_summary outcome.error %}
    {% once_key %}                           hidden one-time key, POST name `once_key`
    {% ratio 96.4 95 %}                      bar and target beside the figures
    {{ phone|mask_phone }} {{ name|mask_name }}
    <dd class="clauses">{{ hours|clauses }}</dd>   lines break at commas only

Components: {% include "ui/components/<noun>.html" with … only %}
    next_step     title consequence deadline flag; inside
                  <section class="next-step" aria-labelledby="next-step-title">, then the
                  material, then <form>…<div class="actions">; not my turn: add
                  class next-step-quiet, flag="等别人", no buttons
    timeline      entries (.when .title .sentence .public), marks=True on the desk
    filter_bar    filters=[lists.Filter], words_name words clear_url says
    pager         pager=lists.Pager(before_url, after_url, …, says="已显示全部9件")
    batch_bar     count plan label value other_label other_value (inside the list's form)
    empty         title why url label icon
    stat          label figure unit url ground
    quote         label words            (words of the enterprise or of the reply, as they are)
    checks        checks (.passed .sentence)
    letter        letter (.number .enterprise .paragraphs .objecting .unit .signer) on undone
    steps         steps (.title .sentence .state: done|now|later)
    facts         facts=[(term, words)]
    person        name title note phone
    density       density next csrf_token (紧、中、宽; the class of <body> follows)
    files         files (.url .preview_url .icon .name .kind .size) label
    enter         (nothing) the first button of a form with files: what the Enter key presses
    caution       form (a cautious.CautiousForm): the tick for a second look, where one is needed
    upload        form (an uploads.UploadingForm) hint kept_apart; in a multipart form whose
                  first button is enter.html; before its buttons: caution form
    files         files=[sent_files.FileLine] label
    confirm       title effect action label danger form back_url back_label once csrf_token

Markup without a template
    <div class="card"><div class="card-head"><h2>…</h2></div><div class="card-body">
    <div class="table-box"><table class="table cards"> thead th, td; a.row-title,
        .table-box-wide keeps the first column in sight; .short never wraps;
        .row-sub (parts in <span>: dots between), td.row-act, tr.is-picked,
        td[data-label] (shown on phones only)
    <ul class="rows"><li> … <a class="row-title row-link"> (the whole card is the link)
    <div class="page-head"><h1>待交办<small>9件</small></h1></div>, .page-lead, .page-number
    <div class="split"><div class="split-main">…</div><aside>…</aside></div>
    <div class="views"><a aria-current="page">全部5</a>  <div class="segments"><a>
    .button .button-primary (one in a view) .button-refuse .button-danger .button-small
        .button-link, <div class="actions">, <details class="more-actions"><summary>,
        <div class="more-panel">; sticky foot on phones: <div class="action-foot">
    .hero .section-head .status-line .lamp-line .action-pair .form-foot (portal)
    <div class="given"><span>吴*，139****2210</span><a>换一个</a></div>
    <input data-live hx-get hx-trigger="input changed delay:300ms" hx-sync="this:replace">
    <details class="fold"><summary>时限怎么算的</summary>…</details>
    .hint-box .warn-box .field-row .nowrap .quiet .secondary .stack

Python
    dates.py    desk_date portal_date letter_date full_date moment day_line: format before
                the template, never with the `date` filter
    masks.py    mask_phone mask_name
    toasts.py   say(request, "已交给住建局。", undo_url=…, until=…) after a step, then 303
    answers.py  run(…), page(…), see_other(…): 303 after a step; 422 and 409 with the same
                form and `error_summary`
    cautious.py CautiousForm: `cautious` names the texts looked at for what must not be here
    uploads.py  receive(request, …) → Uploads first, then UploadingForm(…, uploads=…);
                `only_files`: a button for files only, nothing is refused yet
    sent_files.py  file_lines(rows, address), send_file(row)
    failures.py refused(request, outcome.error) for a step without a form of its own
"""
