/* The wall: arrow keys, and steps that change when the volunteer taps on a phone. All works without. */
(function () {
  "use strict";
  var LOOK_EVERY = 2500, NEXT = ["ArrowRight", "PageDown"], BACK = ["ArrowLeft", "PageUp"];
  var body = document.body, busy = false;

  function ahead() {
    var coming = document.getElementById("stage").getAttribute("data-coming");
    (coming ? coming.split(" ") : []).forEach(function (address) { new Image().src = address; });
  }
  function put(html) {
    var fresh = new DOMParser().parseFromString(html, "text/html"), had = document.activeElement && document.activeElement.id;
    if (!fresh.getElementById("stage")) { window.location.reload(); return; }
    document.getElementById("stage").replaceWith(document.adoptNode(fresh.getElementById("stage")));
    document.querySelector("nav").replaceWith(document.adoptNode(fresh.querySelector("nav")));
    ["data-step", "data-over"].forEach(function (name) { body.setAttribute(name, fresh.body.getAttribute(name)); });
    var again = had && document.getElementById(had);
    if (again && !again.disabled) { again.focus(); }
    ahead();
  }
  function fetched(answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return answer.text(); }
  function press(id) {
    var button = document.getElementById(id), form = document.getElementById("controls");
    if (busy || !button || button.disabled) { return; }
    busy = true;
    var fields = new URLSearchParams(new FormData(form));
    fields.set("to", button.value);
    fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" }).then(fetched).then(put)
      .catch(function () { window.location.reload(); }).then(function () { busy = false; });
  }
  document.addEventListener("submit", function (event) {
    if (event.target.id !== "controls" || !event.submitter) { return; }
    event.preventDefault();
    press(event.submitter.id);
  });
  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey) { return; }
    var id = NEXT.indexOf(event.key) >= 0 ? "next" : BACK.indexOf(event.key) >= 0 ? "back" : "";
    if (id) { event.preventDefault(); press(id); }
  });
  window.setInterval(function () {
    if (busy || document.hidden || body.getAttribute("data-over")) { return; }
    fetch(body.getAttribute("data-now"), { credentials: "same-origin" }).then(function (answer) { return answer.json(); })
      .then(function (now) {
        if (busy || (now.step === body.getAttribute("data-step") && !now.over)) { return null; }
        return fetch(window.location.href, { credentials: "same-origin" }).then(fetched).then(put);
      }).catch(function () { /* no network for a moment: what stands there stays */ });
  }, LOOK_EVERY);
  ahead();
})();
