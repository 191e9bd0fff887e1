/* The room looks by itself every few seconds for hands and seats. Without a script: load the page again. */
(function () {
  "use strict";
  var LOOK_EVERY = 4000;
  var room = document.querySelector("[data-room]");
  if (!room) { return; }
  var title = document.title.replace(/^\(\d+\) /, "");

  function inUse(part) { return part.querySelector("details[open], input:focus") !== null; }
  function put(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html");
    room.querySelectorAll("[data-news]").forEach(function (old) {
      var part = fresh.getElementById(old.id);
      if (!part || inUse(old) || part.innerHTML === old.innerHTML) { return; }
      var key = document.activeElement && old.contains(document.activeElement) && document.activeElement.getAttribute("data-key");
      old.innerHTML = part.innerHTML;
      old.setAttribute("data-waiting", part.getAttribute("data-waiting") || "");
      var again = key && old.querySelector('[data-key="' + key + '"]');
      if (again) { again.focus(); }
    });
    var waiting = room.querySelector("[data-waiting]").getAttribute("data-waiting");
    document.title = (waiting > 0 ? "(" + waiting + ") " : "") + title;
  }
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
