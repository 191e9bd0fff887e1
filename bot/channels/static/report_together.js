/* Writing with a learner: what is new comes by itself, voices and pictures can be sent. Words alone work without this. */
(function () {
  'use strict';
  var place = document.querySelector('[data-with]');
  if (!place) { return; }
  var address = place.getAttribute('data-with');
  var csrf = place.getAttribute('data-csrf');
  var talk = document.getElementById('talk');
  var RATE = 16000;
  var LONGEST = 120;
  document.documentElement.classList.add('with-script');

  // What was said

  function down() { if (talk) { talk.scrollTop = talk.scrollHeight; } }

  function ask() {
    if (!talk || document.hidden) { return; }
    fetch(address + '/talk', { credentials: 'same-origin', cache: 'no-store' }).then(function (answer) {
      return answer.ok ? answer.text() : null;
    }).then(function (text) {
      if (text === null || text === before) { return; }
      before = text;
      var playing = Array.prototype.some.call(talk.querySelectorAll('audio'), function (sound) { return !sound.paused; });
      if (playing) { before = ''; return; }
      var fresh = new DOMParser().parseFromString(text, 'text/html').body;
      while (talk.firstChild) { talk.removeChild(talk.firstChild); }
      while (fresh.firstChild) { talk.appendChild(document.adoptNode(fresh.firstChild)); }
      down();
    }).catch(function () { /* no network: asked again */ });
  }
  var before = '';
  down();
  if (talk) { setInterval(ask, 4000); }
  document.addEventListener('visibilitychange', ask);

  function send(blob, type, told) {
    return fetch(address + '/send', {
      method: 'POST', credentials: 'same-origin', body: blob, headers: { 'content-type': type, 'x-handrail-csrf': csrf }
    }).then(function (answer) {
      if (answer.status === 204) {
        if (talk) { ask(); told.textContent = ''; } else { location.href = address + '?said=kind_sent'; }
        return;
      }
      return answer.status === 409 ? answer.text().then(function (why) { told.textContent = why; }) : Promise.reject();
    }).catch(function () { told.textContent = told.getAttribute('data-failed'); });
  }

  // A picture

  var box = document.querySelector('[data-picture]');
  if (box) {
    box.hidden = false;
    var picture = document.getElementById('picture');
    picture.addEventListener('change', function () {
      if (picture.files[0]) { send(picture.files[0], picture.files[0].type || 'image/jpeg', document.querySelector('[data-told]')); }
      picture.value = '';
    });
  }

  // A voice, as WAV: every browser can make it and the server makes of it what the other side can play

  var recorder = document.querySelector('[data-recorder]');
  var Context = window.AudioContext || window.webkitAudioContext;
  if (!recorder || !Context || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) { return; }
  recorder.hidden = false;
  var speak = recorder.querySelector('[data-speak]');
  var stop = recorder.querySelector('[data-send-voice]');
  var drop = recorder.querySelector('[data-drop]');
  var told = recorder.querySelector('[data-told]');
  var end = null;

  speak.addEventListener('click', function () {
    navigator.mediaDevices.getUserMedia({ audio: true }).then(record, function () {
      told.textContent = told.getAttribute('data-refused');
    });
  });
  stop.addEventListener('click', function () { if (end) { end(true); } });
  drop.addEventListener('click', function () { if (end) { end(false); } });

  function record(stream) {
    var context = new Context();
    var source = context.createMediaStreamSource(stream);
    var taker = context.createScriptProcessor(4096, 1, 1);
    var pieces = [];
    taker.onaudioprocess = function (event) { pieces.push(new Float32Array(event.inputBuffer.getChannelData(0))); };
    source.connect(taker);
    taker.connect(context.destination);
    show(true);
    var clock = setTimeout(function () { end(true); }, LONGEST * 1000);
    end = function (keep) {
      end = null;
      clearTimeout(clock);
      taker.disconnect();
      source.disconnect();
      stream.getTracks().forEach(function (track) { track.stop(); });
      var rate = context.sampleRate;
      context.close();
      show(false);
      if (keep && pieces.length) { send(wav(pieces, rate), 'audio/wav', told); }
    };
  }

  function show(listening) {
    speak.hidden = listening;
    stop.hidden = drop.hidden = !listening;
    told.textContent = listening ? told.getAttribute('data-listening') : '';
    (listening ? stop : speak).focus();
  }

  function wav(pieces, rate) {
    var all = pieces.reduce(function (sum, piece) { return sum + piece.length; }, 0);
    var every = Math.max(1, rate / RATE);
    var many = Math.floor(all / every);
    var view = new DataView(new ArrayBuffer(44 + 2 * many));
    function word(at, text) { for (var n = 0; n < text.length; n += 1) { view.setUint8(at + n, text.charCodeAt(n)); } }
    word(0, 'RIFF'); view.setUint32(4, 36 + 2 * many, true); word(8, 'WAVEfmt ');
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, Math.round(rate / every), true); view.setUint32(28, 2 * Math.round(rate / every), true);
    view.setUint16(32, 2, true); view.setUint16(34, 16, true); word(36, 'data'); view.setUint32(40, 2 * many, true);
    var whole = new Float32Array(all);
    pieces.reduce(function (at, piece) { whole.set(piece, at); return at + piece.length; }, 0);
    for (var n = 0; n < many; n += 1) {
      var from = Math.floor(n * every);
      var to = Math.max(from + 1, Math.floor((n + 1) * every));
      var sum = 0;
      for (var k = from; k < to; k += 1) { sum += whole[k] || 0; }
      view.setInt16(44 + 2 * n, Math.max(-1, Math.min(1, sum / (to - from))) * 32767, true);
    }
    return new Blob([view], { type: 'audio/wav' });
  }
})();
