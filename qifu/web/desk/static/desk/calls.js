/* Who rings is filled in where nothing has been written yet; what somebody typed stays. */
(function () {
  "use strict";
  function fill(id, words) {
    var box = document.getElementById(id);
    if (!box || !words || box.value.trim()) { return; }
    box.value = words;
    if (document.activeElement === box) { box.select(); }
  }

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.id !== "heard") { return; }
    var caller = event.target.querySelector("[data-caller]");
    if (!caller) { return; }
    fill("id_contact_name", caller.dataset.caller);
    fill("id_firm", caller.dataset.firm);
  });
})();
