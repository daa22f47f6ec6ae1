/* The lines select themselves, and a button copies them where the browser lets it. */
(function () {
  "use strict";
  var area = document.querySelector("[data-select]");
  var button = document.querySelector("[data-copy]");
  if (!area || !button) { return; }
  area.addEventListener("focus", function () { area.select(); });
  area.focus();
  area.select();
  button.hidden = false;

  function say(words) { document.querySelector("[data-copied]").textContent = words; }

  button.addEventListener("click", function () {
    area.focus();
    area.select();
    // Where pages are not encrypted there is no navigator.clipboard.
    var done = false;
    try { done = document.execCommand("copy"); } catch (refused) { done = false; }
    say(done ? "已复制，可以到工作群里粘贴。" : "浏览器不让复制。请按Ctrl+C。");
  });
})();
