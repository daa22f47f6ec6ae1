/* What the pages do better with scripts on. Nothing here is needed to finish a task.
   Written for old Chromium kernels: no optional chaining, no modules, no eval. */
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  function pad(number) { return (number < 10 ? "0" : "") + number; }

  /* ---- Sending: the button says so, and a second click does nothing ---- */

  function startSending(form, button) {
    form.dataset.sending = "1";
    if (!button) { return; }
    button.dataset.words = button.innerHTML;
    button.style.minWidth = button.offsetWidth + "px";
    // After the browser has collected the fields, or the button's own value is lost.
    setTimeout(function () {
      button.disabled = true;
      button.classList.add("is-sending");
      button.textContent = "正在提交";
    }, 0);
  }

  function stopSending(form) {
    delete form.dataset.sending;
    all("button[data-words]", form).concat(all("button[data-words][form='" + form.id + "']"))
      .forEach(function (button) {
        button.disabled = false;
        button.classList.remove("is-sending");
        button.innerHTML = button.dataset.words;
        delete button.dataset.words;
      });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    // A file comes down and the page stays, so its button stays, too.
    if (form.method !== "post" || form.hasAttribute("data-download")) { return; }
    if (form.dataset.sending) { event.preventDefault(); event.stopPropagation(); return; }
    startSending(form, event.submitter || form.querySelector(".button-primary, button:not([type=button])"));
    if (form.hasAttribute("data-forget")) { forgetAll(); } else { markSent(form); }
  }, true);

  // Coming back by the browser's arrow shows the page as it was left.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { all("form[data-sending]").forEach(stopSending); }
  });

  /* ---- Drafts: long texts stay in this tab until they have been sent ---- */

  var SENT = "qifu-sent";
  var DRAFT = "qifu-draft " + (document.body.dataset.viewer || "") + " ";

  function store(work) {
    try { return work(window.sessionStorage); } catch (refused) { return null; }
  }

  function draftKey(area) {
    var form = area.form;
    var place = (form && (form.dataset.draft || form.getAttribute("action"))) || location.pathname;
    return DRAFT + place + " " + area.name;
  }

  function markSent(form) {
    var areas = all("textarea[name]", form);
    // Whoever sends at once has not waited for the saving.
    areas.forEach(keep);
    var keys = areas.map(draftKey);
    store(function (kept) { kept.setItem(SENT, JSON.stringify(keys)); });
  }

  function settleSent() {
    // A sign-in or failure page means that the text did not arrive: keep it.
    var arrived = !document.querySelector(".failure, [data-sign-in]");
    store(function (kept) {
      var keys = JSON.parse(kept.getItem(SENT) || "[]");
      kept.removeItem(SENT);
      if (arrived) { keys.forEach(function (key) { kept.removeItem(key); }); }
    });
  }

  function forgetAll() {
    store(function (kept) { kept.clear(); });
  }

  function noteUnder(area) {
    var note = area.parentNode.querySelector(".field-note");
    if (!note) {
      note = document.createElement("p");
      note.className = "field-note";
      note.innerHTML = "<span></span><span></span>";
      area.parentNode.insertBefore(note, area.nextSibling);
    }
    return note.children;
  }

  function count(area) {
    if (!area.dataset.count) { return; }
    var written = Array.from(area.value.trim()).length;
    var limit = Number(area.dataset.count);
    var words = written ? "已写" + written + "字" : "";
    if (written > limit) { words += "，超了" + (written - limit) + "字"; }
    noteUnder(area)[0].textContent = words;
  }

  function keep(area) {
    store(function (kept) {
      if (area.value.trim()) { kept.setItem(draftKey(area), area.value); } else { kept.removeItem(draftKey(area)); }
      var now = new Date();
      noteUnder(area)[1].textContent = pad(now.getHours()) + ":" + pad(now.getMinutes()) + "已自动保存";
    });
  }

  function setUpArea(area) {
    if (area.dataset.ready) { return; }
    area.dataset.ready = "1";
    var saved = store(function (kept) { return kept.getItem(draftKey(area)); });
    if (saved && !area.value) {
      area.value = saved;
      noteUnder(area)[1].textContent = "已填回上次没提交的内容";
    }
    count(area);
    var waiting;
    area.addEventListener("input", function () {
      count(area);
      clearTimeout(waiting);
      waiting = setTimeout(function () { keep(area); }, 500);
    });
  }

  /* ---- Toasts: time left to undo, and a way to put them away ---- */

  function setUpToast(toast) {
    if (toast.dataset.ready) { return; }
    toast.dataset.ready = "1";
    var close = toast.querySelector("[data-close]");
    if (close) {
      close.hidden = false;
      close.addEventListener("click", function () { toast.remove(); });
    }
    var left = Number(toast.dataset.left || 0);
    var words = toast.querySelector("[data-countdown]");
    if (!left || !words) { return; }
    var end = Date.now() + left * 1000;
    var ticking = setInterval(function () {
      var seconds = Math.round((end - Date.now()) / 1000);
      if (seconds <= 0) { clearInterval(ticking); toast.remove(); return; }
      words.textContent = (seconds >= 60 ? Math.floor(seconds / 60) + "分" : "") + (seconds % 60) + "秒";
    }, 1000);
  }

  function tell(sentence) {
    var toast = document.createElement("div");
    toast.className = "toast";
    var words = document.createElement("p");
    words.textContent = sentence;
    var close = document.createElement("button");
    close.type = "button";
    close.className = "toast-close";
    close.textContent = "知道了";
    close.addEventListener("click", function () { toast.remove(); });
    toast.appendChild(words);
    toast.appendChild(close);
    document.getElementById("toasts").appendChild(toast);
  }

  /* ---- Lists: ticking rows and the plan in words ---- */

  function setUpBatch(bar) {
    var form = bar.closest("form");
    if (!form || bar.dataset.ready) { return; }
    bar.dataset.ready = "1";
    function refresh() {
      var ticks = all(".pick .check[name]", form);
      var on = ticks.filter(function (tick) { return tick.checked; });
      ticks.forEach(function (tick) { tick.closest("tr").classList.toggle("is-picked", tick.checked); });
      bar.hidden = on.length === 0;
      all("[data-batch-count]", form).forEach(function (place) { place.textContent = on.length; });
      var plan = bar.querySelector(".batch-plan");
      if (on.length && plan) { plan.textContent = planOf(on); }
      var whole = form.querySelector("[data-check-all]");
      if (whole) { whole.checked = on.length > 0 && on.length === ticks.length; }
    }
    form.addEventListener("change", function (event) {
      if (event.target.hasAttribute("data-check-all")) {
        all(".pick .check[name]", form).forEach(function (tick) { tick.checked = event.target.checked; });
      }
      refresh();
    });
    form.addEventListener("reset", function () { setTimeout(refresh, 0); });
    refresh();
  }

  function planOf(ticks) {
    var counts = {};
    ticks.forEach(function (tick) {
      var to = tick.dataset.plan;
      if (to) { counts[to] = (counts[to] || 0) + 1; }
    });
    var names = Object.keys(counts);
    if (names.length > 1 && names.every(function (name) { return counts[name] === 1; })) {
      return names.join("、") + "各1件";
    }
    return names.map(function (name) { return name + counts[name] + "件"; }).join("、");
  }

  /* ---- Menus made of <details>: one open at a time, closed by a click elsewhere ---- */

  var MENUS = ".chip-menu[open], .more-actions[open], .viewer[open]";
  document.addEventListener("click", function (event) {
    all(MENUS).forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.isComposing) { return; }
    all(MENUS).forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
      event.stopImmediatePropagation();
    });
  });

  /* ---- Live parts: not while composing pinyin, and from the second sign on ---- */

  document.addEventListener("input", function (event) {
    var typed = event.target;
    if (!typed.hasAttribute("data-live")) { return; }
    if (event.isComposing || typed.value.trim().length === 1) { event.stopPropagation(); }
  }, true);
  document.addEventListener("compositionend", function (event) {
    if (event.target.hasAttribute("data-live")) {
      event.target.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  /* ---- htmx: focus follows the change; a failed request says so and loses nothing ---- */

  document.addEventListener("htmx:afterSwap", function (event) {
    var part = event.target.isConnected ? event.target : document;
    setUp(document);
    // Only what the change has brought: whoever is typing elsewhere is left there.
    var place = part.querySelector("#errors, [data-focus]");
    if (place) { place.setAttribute("tabindex", "-1"); place.focus(); }
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form[data-sending]");
    if (form) { stopSending(form); }
  });
  document.addEventListener("htmx:sendError", function () {
    tell("没有网络，刚才这一步没有送出去。您写的还在，请稍后再试一次。");
  });
  document.addEventListener("htmx:responseError", function () {
    tell("系统出了点问题，这一步没有办成。您写的还在，请再试一次。");
  });

  function setUp(within) {
    all("textarea[name]", within).forEach(setUpArea);
    all(".toast", within).forEach(setUpToast);
    all("[data-batch]", within).forEach(setUpBatch);
  }

  settleSent();
  setUp(document);
  var errors = document.getElementById("errors");
  if (errors) { errors.focus(); }
})();
