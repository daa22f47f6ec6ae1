/* The desk without a mouse. Single letters can be switched off, and never act while
   somebody types or composes pinyin. */
(function () {
  "use strict";
  var OFF = "qifu-keys-off";
  var dialog = document.getElementById("keys");

  function lettersOff() {
    try { return window.localStorage.getItem(OFF) === "1"; } catch (refused) { return false; }
  }

  function typing(target) {
    return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(target.type));
  }

  function follow(name) {
    var control = document.querySelector("[data-key='" + name + "']");
    if (!control) { return false; }
    if (control.tagName === "INPUT") { control.focus(); control.select(); } else { control.click(); }
    return true;
  }

  /* Rows: the focused link is the place; j and k move it. */
  function rows() {
    return Array.prototype.slice.call(document.querySelectorAll("main .row-title[href], main .row-title a, main .row-link"));
  }

  function move(step) {
    if (follow(step > 0 ? "j" : "k")) { return; }
    var links = rows();
    if (!links.length) { return; }
    var here = links.indexOf(document.activeElement);
    var next = links[Math.max(0, Math.min(links.length - 1, here < 0 ? 0 : here + step))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function tick() {
    var row = document.activeElement.closest("tr, li");
    var box = row && row.querySelector(".pick input[type=checkbox]");
    if (box) { box.click(); }
  }

  function choose(target, digit) {
    var group = target.closest("fieldset");
    if (!group || target.type !== "radio") { return false; }
    var options = group.querySelectorAll("input[type=radio]");
    if (!options[digit - 1]) { return false; }
    options[digit - 1].click();
    options[digit - 1].focus();
    return true;
  }

  function submit(target) {
    var form = target.closest("form[method=post]") || document.querySelector("main .button-primary") && document.querySelector("main .button-primary").form;
    var button = form && form.querySelector(".button-primary");
    if (button) { button.click(); }
  }

  function leave() {
    var unsaved = Array.prototype.some.call(document.querySelectorAll("main form[method=post] textarea"), function (area) {
      return area.value !== area.defaultValue;
    });
    if (!unsaved || window.confirm("写的内容还没有提交，已存在这台设备上。现在离开吗？")) { follow("escape"); }
  }

  var LETTERS = {
    "/": function () { return follow("/"); },
    "n": function () { return follow("n"); },
    "j": function () { move(1); return true; },
    "k": function () { move(-1); return true; },
    "x": function () { tick(); return true; },
    "?": function () { if (dialog && dialog.showModal) { dialog.showModal(); } return true; }
  };

  function withHelpOf(event) {
    if (event.ctrlKey && event.key === "Enter") { submit(event.target); return true; }
    if (event.altKey && /^[1-3]$/.test(event.key)) { return follow("alt " + event.key); }
    if (event.key === "Escape" && !(dialog && dialog.open)) {
      if (typing(event.target)) { event.target.blur(); } else { leave(); }
    }
    return false;
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) { return; }
    if (withHelpOf(event)) { event.preventDefault(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || (dialog && dialog.open)) { return; }
    if (/^[1-9]$/.test(event.key) && choose(event.target, Number(event.key))) { event.preventDefault(); return; }
    var act = LETTERS[event.key.toLowerCase()];
    if (act && !lettersOff() && act()) { event.preventDefault(); }
  });

  var off = document.getElementById("keys-off");
  if (off) {
    off.checked = lettersOff();
    off.addEventListener("change", function () {
      try { window.localStorage.setItem(OFF, off.checked ? "1" : ""); } catch (refused) { /* stays on */ }
    });
  }
})();
