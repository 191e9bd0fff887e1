// Follows the files: waits for news, fetches this page again, and changes only the parts that differ.
"use strict";

(function () {
  var mark = document.documentElement.dataset.mark;
  var live = document.getElementById("live");
  var drawn = sourceOf(document);

  function sourceOf(page) {
    var found = {};
    page.querySelectorAll("[data-part]").forEach(function (part) { found[part.dataset.part] = part.outerHTML; });
    return found;
  }

  function wait(ms) { return new Promise(function (done) { setTimeout(done, ms); }); }

  async function refresh() {
    var answer = await fetch(location.href, { cache: "no-store" });
    var page = new DOMParser().parseFromString(await answer.text(), "text/html");
    var fresh = sourceOf(page);
    if (Object.keys(fresh).join() !== Object.keys(drawn).join()) {
      document.querySelector("main").innerHTML = page.querySelector("main").innerHTML;
    } else {
      document.querySelectorAll("[data-part]").forEach(function (part) {
        var name = part.dataset.part;
        if (fresh[name] === drawn[name]) { return; }
        part.outerHTML = fresh[name];
        var now = document.querySelector('[data-part="' + name + '"]');
        now.classList.add("changed");
      });
    }
    drawn = fresh;
    document.title = page.title;
    live.textContent = "Changed at " + new Date().toLocaleTimeString();
  }

  async function follow() {
    for (;;) {
      try {
        var news = await (await fetch("/news?have=" + encodeURIComponent(mark), { cache: "no-store" })).json();
        if (news.mark !== mark) {
          mark = news.mark;
          await refresh();
        }
      } catch (trouble) {
        live.textContent = "The preview has stopped. Start it again; this page goes on by itself.";
        await wait(1500);
      }
    }
  }

  follow();
})();
