/* The room looks by itself every few seconds for hands and seats. Without a script: load the page again. */
(function () {
  "use strict";
  var LOOK_EVERY = 4000;
  var room = document.querySelector("[data-room]");
  if (!room) { return; }
  var title = document.title.replace(/^\(\d+\) /, "");

  function inUse(part) { return part.querySelector("details[open], input:focus") !== null; }
  function fill(old, part) {
    while (old.firstChild) { old.removeChild(old.firstChild); }
    while (part.firstChild) { old.appendChild(document.adoptNode(part.firstChild)); }
  }
  function put(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html"), waited = waiting();
    room.querySelectorAll("[data-news]").forEach(function (old) {
      var part = fresh.getElementById(old.id);
      if (!part || inUse(old) || part.isEqualNode(old)) { return; }
      var key = old.contains(document.activeElement) && document.activeElement.getAttribute("data-key");
      old.setAttribute("data-waiting", part.getAttribute("data-waiting") || "");
      fill(old, part);
      var again = key && old.querySelector('[data-key="' + key + '"]');
      if (again) { again.focus(); }
    });
    document.title = (waiting() > 0 ? "(" + waiting() + ") " : "") + title;
    if (waiting() > waited) { room.querySelector("[data-told]").textContent = document.getElementById("hands-head").textContent; }
  }
  function waiting() { return Number(document.getElementById("hands").getAttribute("data-waiting")); }
  function lost(is) { room.querySelectorAll("[data-lost]").forEach(function (line) { line.hidden = !is; }); }
  window.setInterval(function () {
    if (document.hidden) { return; }
    fetch(room.getAttribute("data-room"), { credentials: "same-origin" }).then(function (answer) {
      if (answer.status === 410) { window.location.reload(); return ""; }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) { if (html) { put(html); lost(false); } }).catch(function () { lost(true); });
  }, LOOK_EVERY);
})();
