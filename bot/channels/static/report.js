/* What the report gains with a script: a print button, and folded parts on a phone. All works without. */
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  var folds = document.querySelectorAll("details.card");
  function fold() { if (window.matchMedia("(max-width: 899px)").matches) { folds.forEach(function (d) { d.open = false; }); } }
  fold();
  folds.forEach(function (d) {
    d.querySelector("summary").addEventListener("click", function (event) {
      if (!window.matchMedia("(max-width: 899px)").matches) { event.preventDefault(); }
    });
  });
  window.addEventListener("beforeprint", function () { folds.forEach(function (d) { d.open = true; }); });
  window.addEventListener("afterprint", fold);
})();
