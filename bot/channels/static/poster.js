/* The poster prints itself; without a script the browser's own menu does. */
(function () {
  'use strict';
  var button = document.getElementById('print');
  button.hidden = false;
  button.addEventListener('click', function () { window.print(); });
})();
