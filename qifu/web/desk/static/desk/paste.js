/* A paste, slip by slip, without a mouse: Enter registers this one and goes to the next.
   Without scripts each slip has its button, and one button takes them all. */
(function () {
  "use strict";
  var current = "";

  function slipOf(element) { return element.closest ? element.closest(".slip") : null; }

  function start(slip) {
    var button = slip.querySelector("button[name=one]");
    var wrong = slip.querySelector("[aria-invalid]");
    var lacking = button.dataset.lacks && slip.querySelector("[name='" + button.dataset.lacks + "']");
    var place = wrong || lacking || button;
    place.focus();
    slip.scrollIntoView({ block: "center" });
  }

  function onward(from) {
    var here = document.getElementById(from);
    if (here && here.classList.contains("slip")) { start(here); return; }
    var next = here && here.nextElementSibling;
    while (next && !next.classList.contains("slip")) { next = next.nextElementSibling; }
    next = next || document.querySelector(".slip");
    if (next) { start(next); return; }
    var all = document.querySelector("[data-paste-all]");
    if (all) { all.remove(); }
    document.getElementById("paste-end").focus();
  }

  document.addEventListener("keydown", function (event) {
    var slip = slipOf(event.target);
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.shiftKey) { return; }
    if (!slip || event.target.tagName === "A") { return; }
    event.preventDefault();
    var button = slip.querySelector("button[name=one]");
    if (!button.disabled) { button.click(); }
  }, true);

  document.addEventListener("htmx:beforeRequest", function (event) {
    var slip = slipOf(event.detail.elt);
    current = slip ? slip.id : "";
  });
  document.addEventListener("htmx:afterSettle", function () {
    if (current) { onward(current); current = ""; }
  });

  if (!document.getElementById("errors")) {
    var first = document.querySelector(".slip");
    if (first) { start(first); }
  }
})();
