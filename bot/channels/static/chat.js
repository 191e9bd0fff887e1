/* The chat page's only script. Classic, in the language of 2015, so that the browsers inside other apps on
   phones of 2019 run it. Words are put in as text, never as HTML. */
(function () {
  'use strict';

  var page = document.documentElement;
  var all = JSON.parse(document.getElementById('labels').textContent);
  var shared = page.getAttribute('data-shared') === 'yes';
  var start = page.getAttribute('data-start');
  var state = { after: 0, turn: 0, shown: [], language: page.lang, voice: '', title: '', letters: null, card: [] };
  var queue = [];          // messages on their way, oldest first
  var sending = false;
  var lastOwn = null;      // what the learner said last, to stand above the answer
  var SIZES = 4;
  // The sign beside each answer. The first answer is filled, as the usual one, if it is of the "check" row.
  var SIGNS = signTable({
    check: 'next begin yes they_say_fine this_phone lets_go yes_please yes_remember yes_write yes_three go_on to_the_step ' +
      'back_to_lesson it_is_me hung_up have_rung it_is_off i_have_it back_again show_me one_small_step yes_they_may keep_it',
    find: 'stuck i_am_lost cannot_do_it', again: 'repeat one_more', help: 'help went_wrong', play: 'read_to_me voice voice_on',
    person: 'person raise_hand person_elsewhere who_is_this who_is_here somebody_new somebody_here somebody_with_me alone',
    cross: 'no no_thanks voice_off skip_step skip_this none_of_these not_now nothing_given',
    rest: 'enough another_day not_today need_a_rest good_night ring_later',
    lines: 'more more_lessons other_words simpler tell_me_more something_else something_new new_lesson what_can_i_learn what_i_can other',
    larger: 'larger letters'
  });

  // Small tools

  function at(id) { return document.getElementById(id); }

  function say(key, values) {
    var words = (all[state.language] || all.en)[key] || '';
    for (var name in values || {}) { words = words.split('{' + name + '}').join(values[name]); }
    return words;
  }

  function make(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text !== undefined) { made.textContent = text; }
    return made;
  }

  function sign(name) {
    var svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    var use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
    svg.setAttribute('class', 'sign');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', '#' + name);
    use.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', '#' + name);
    svg.appendChild(use);
    return svg;
  }

  function clear(node) { while (node.firstChild) { node.removeChild(node.firstChild); } }

  function button(className, signName, label, act) {
    var made = make('button', className);
    made.type = 'button';
    if (signName) { made.appendChild(sign('sign-' + signName)); }
    made.appendChild(make('span', '', label));
    if (act) { made.addEventListener('click', act); }
    return made;
  }

  function newId() {
    var bytes = new Uint8Array(16);
    (window.crypto || window.msCrypto).getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ('0' + b.toString(16)).slice(-2); }).join('');
  }

  function remember(name, value) {
    if (shared) { return; }
    try { localStorage.setItem(name, value); } catch (error) { /* a private window: then only for now */ }
  }

  function remembered(name) {
    if (shared) { return null; }
    try { return localStorage.getItem(name); } catch (error) { return null; }
  }

  // Words that the server sends: paragraphs, lines, and ** round what stands on the learner's screen

  function fillWords(node, words) {
    words.split(/\n\n+/).forEach(function (paragraph) {
      var p = make('p');
      paragraph.split('\n').forEach(function (line, number) {
        if (number) { p.appendChild(make('br')); }
        line.split('**').forEach(function (run, place, runs) {
          var strong = place % 2 === 1 && place < runs.length - 1;
          run = run.replace(/(\d) (?=\d)/g, '$1\u00a0');
          if (run) { p.appendChild(strong ? make('strong', '', run) : document.createTextNode(run)); }
        });
      });
      node.appendChild(p);
    });
    return node;
  }

  function plain(words) { return words.split('**').join(''); }

  // Letters and language

  function setSize(size, byHand) {
    size = Math.max(0, Math.min(SIZES - 1, size));
    page.setAttribute('data-size', size);
    edge(at('smaller'), size === 0, 'letters_smaller', 'letters_at_least');
    edge(at('larger'), size === SIZES - 1, 'letters_larger', 'letters_at_most');
    Array.prototype.forEach.call(document.querySelectorAll('[data-pick]'), function (pick) {
      pick.setAttribute('aria-pressed', String(Number(pick.getAttribute('data-pick')) === size));
    });
    if (byHand) {
      remember('handrail-letters', size);
      announce(say('size_' + size));
    }
    if (state.shown.length) { settle(false); } else { fit(); }
  }

  function edge(control, ended, label, endLabel) {
    control.setAttribute('aria-disabled', String(ended));
    control.setAttribute('aria-label', ended ? say(label) + ': ' + say(endLabel) : say(label));
    var spans = control.querySelectorAll('span');
    if (control.id === 'larger') {
      spans[0].textContent = ended ? say(endLabel) : say('letter');
      spans[1].hidden = ended;
    }
  }

  function size() { return Number(page.getAttribute('data-size')); }

  function takeLetters(letters) {
    if (letters === state.letters) { return; }
    var first = state.letters === null;
    state.letters = letters;
    var kept = remembered('handrail-letters');
    if (first && kept !== null) { return; }
    if (letters || !first) { setSize({ larger: 2, largest: 3 }[letters] || 0, false); }
  }

  function setLanguage(language, direction) {
    if (!all[language]) { return; }
    var changed = language !== state.language;
    state.language = language;
    page.lang = language;
    page.dir = direction || 'ltr';
    if (changed) {
      relabel('data-label', function (node, words) { node.textContent = words; });
      relabel('data-aria', function (node, words) { node.setAttribute('aria-label', words); });
      relabel('data-placeholder', function (node, words) { node.setAttribute('placeholder', words); });
      document.title = say('title');
    }
    Array.prototype.forEach.call(document.querySelectorAll('[data-language]'), function (other) {
      other.hidden = other.getAttribute('data-language') === language;
    });
    setSize(size(), false);
  }

  function relabel(attribute, put) {
    Array.prototype.forEach.call(document.querySelectorAll('[' + attribute + ']'), function (node) {
      put(node, say(node.getAttribute(attribute)));
    });
  }

  // Speaking to a screen reader, once for each message

  function announce(words) {
    var line = make('p', '', words);
    var box = at('announcer');
    box.appendChild(line);
    while (box.children.length > 1) { box.removeChild(box.firstChild); }
  }

  // Showing replies

  function show(replies, whole) {
    if (!replies.length) { return; }
    replies.forEach(function (reply) { if (reply.id) { state.after = Math.max(state.after, reply.id); } });
    var asides = replies.filter(function (reply) { return reply.aside; });
    var main = replies.filter(function (reply) { return !reply.aside; });
    var atWork = at('present').contains(document.activeElement) || at('help-place').contains(document.activeElement);
    quiet();
    if (main.length) {
      if (!whole) { moveUp(); }
      draw(main);
    } else if (lastOwn && !lastOwn.tapped) { keepOwn(lastOwn); }
    asides.forEach(drawAside);
    announce(replies.map(spokenForm).join(' '));
    settle(atWork);
    if (state.voice === 'on' && !whole) { playBySelf(); }
  }

  function spokenForm(reply) {
    var parts = [];
    if (reply.step) { parts.push(say('step', { n: reply.step[0], of: reply.step[1] }) + '.'); }
    if (reply.urgent) { parts.push(say('urgent') + '.'); }
    parts.push(plain(reply.words));
    return parts.join(' ');
  }

  function draw(replies) {
    var message = at('message');
    var last = replies[replies.length - 1];
    clear(message);
    state.shown = replies;
    state.turn = last.turn;
    drawnAt = Date.now();
    var pictured = false;
    replies.forEach(function (reply) {
      pictured = pictured || reply.pictures.length > 0;
      message.appendChild(card(reply, reply === last));
    });
    message.className = pictured ? 'pictured' : '';
    drawChoices(last);
    drawBeside(replies);
    page.classList.toggle('with-picture', pictured);
  }

  function drawAside(reply) {
    var made = make('article', 'card aside');
    made.appendChild(make('h2', 'unseen', say('aside')));
    made.appendChild(fillWords(make('div', 'lines'), reply.words));
    if (reply.passed) { made.appendChild(passed(reply)); }
    at('message').appendChild(made);
    freeChoices();
  }

  function card(reply, isLast) {
    var made = make('article', 'card' + (isLast ? '' : ' before') + (reply.urgent ? ' urgent' : ''));
    made.appendChild(heading(reply));
    if (reply.urgent) { made.appendChild(make('p', 'urgent-word', say('urgent'))); }
    made.appendChild(wordsOf(reply));
    if (reply.voice) { made.appendChild(voiceRow(reply.voice)); }
    reply.pictures.forEach(function (picture) { made.appendChild(pictureBox(picture)); });
    if (reply.file) {
      var link = make('a', 'file', say('file'));
      link.href = reply.file;
      link.setAttribute('download', '');
      made.appendChild(link);
    }
    return made;
  }

  // A voice or a picture that a volunteer sent

  function passed(reply) {
    var name = plain(reply.words).replace(/[:\s]+$/, '');
    var made = make(reply.passed.kind === 'voice' ? 'audio' : 'img', 'passed');
    if (reply.passed.kind === 'voice') { made.controls = true; made.preload = 'metadata'; made.setAttribute('aria-label', name); } else { made.alt = name; }
    made.src = reply.passed.address;
    return made;
  }

  function wordsOf(reply) {
    var lines = make('div', 'lines');
    if (reply.turn <= 1 && !reply.step) {
      var mark = sign('sign-mark');
      mark.setAttribute('class', 'mark');
      lines.appendChild(mark);
    }
    return fillWords(lines, reply.words);
  }

  function heading(reply) {
    if (!reply.step) {
      var unseen = make('h2', 'heading unseen', say('says'));
      unseen.tabIndex = -1;
      return unseen;
    }
    var made = make('h2', 'heading');
    made.tabIndex = -1;
    if (state.title) { made.appendChild(make('span', 'lesson', state.title)); }
    made.appendChild(make('span', 'count', say('step', { n: reply.step[0], of: reply.step[1] })));
    var bars = make('span', 'bars');
    bars.setAttribute('aria-hidden', 'true');
    for (var n = 1; n <= reply.step[1]; n += 1) {
      bars.appendChild(make('i', n < reply.step[0] ? 'done' : n === reply.step[0] ? 'here' : ''));
    }
    made.appendChild(bars);
    return made;
  }

  function drawChoices(reply) {
    var place = at('choices');
    var helpPlace = at('help-place');
    clear(place);
    clear(helpPlace);
    reply.buttons.forEach(function (choice, number) {
      var isHelp = choice.choice === 'help';
      var usual = number === 0 && SIGNS[choice.choice] === 'check';
      var made = button('choice' + (isHelp ? ' help' : usual ? ' usual' : ''), SIGNS[choice.choice] || 'on', choice.label);
      made.addEventListener('click', function () {
        if (choice.choice === 'share' && reply.share) { passOn(reply.share); } else { tap(made, choice, reply.turn); }
      });
      (isHelp ? helpPlace : place).appendChild(made);
    });
    place.hidden = !place.firstChild;
  }

  // An address for one person of theirs: the phone's own way to send it, else it is copied

  function passOn(address) {
    if (navigator.share) { navigator.share({ url: address }).catch(function () {}); return; }
    var held = make('textarea', 'unseen', address);
    document.body.appendChild(held);
    held.select();
    var done = document.execCommand('copy');
    document.body.removeChild(held);
    notice('check', '', say(done ? 'copied' : 'copy_yourself'), true);
  }

  function signTable(rows) {
    var table = {};
    Object.keys(rows).forEach(function (name) {
      rows[name].split(' ').forEach(function (choice) { table[choice] = name; });
    });
    return table;
  }

  function moveUp() {
    var earlier = at('earlier');
    state.shown.forEach(function (reply) {
      var made = make('article', 'card');
      made.appendChild(make('h2', 'unseen', say('says')));
      made.appendChild(fillWords(make('div', 'lines'), reply.words));
      earlier.appendChild(made);
    });
    if (lastOwn) {
      earlier.appendChild(bubble(lastOwn));
      var own = at('own');
      clear(own);
      own.appendChild(bubble(lastOwn));
      lastOwn = null;
    }
    while (earlier.children.length > 60) { earlier.removeChild(earlier.firstChild); }
    earlier.hidden = !earlier.firstChild;
    at('to-earlier').hidden = earlier.hidden;
  }

  function bubble(own, waiting) {
    var made = make('div', 'bubble');
    made.appendChild(make('span', 'unseen', say('you_said') + ': '));
    if (own.tapped) { made.appendChild(sign('sign-check')); }
    made.appendChild(make('span', '', own.words));
    if (waiting) { made.appendChild(make('span', 'state', say('waiting'))); }
    return made;
  }

  // Where the eyes and the keyboard are

  function settle(moveFocus) {
    fit();
    at('bridge').className = at('to-earlier').hidden && !at('own').firstChild ? 'empty' : '';
    var target = window.innerWidth >= 600 && !page.classList.contains('tight') ? at('bridge') : at('present');
    window.scrollTo(0, target.offsetTop - headHeight());
    settledAt = window.scrollY;
    nudge();
    if (moveFocus) {
      var head = at('message').querySelector('.heading');
      if (head) { head.focus({ preventScroll: true }); }
    }
  }

  function headHeight() {
    var top = document.querySelector('.top');
    return getComputedStyle(top).position === 'sticky' ? top.offsetHeight : 0;
  }

  function fit() {
    unnudge();
    var most = Math.max(0, window.innerHeight - headHeight() - at('dock').offsetHeight);
    var room = Math.max(0, most - (window.innerWidth >= 600 ? at('bridge').offsetHeight : 0));
    page.style.setProperty('--top', headHeight() + 'px');
    page.style.setProperty('--room', room + 'px');
    page.classList.remove('tight');
    if (at('present').offsetHeight > room + 4) {
      page.classList.add('tight');
      page.style.setProperty('--room', most + 'px');
      room = most;
    }
    Array.prototype.forEach.call(document.querySelectorAll('.picture img'), aim);
    at('dock').classList.toggle('edge', at('present').offsetHeight > room + 4);
    if (Math.abs(window.scrollY - settledAt) < 3) { nudge(); }
  }

  // A button of which the dock leaves only a sliver invites a tap that misses: it goes below altogether.

  var SLIVER = 30;
  var settledAt = 0;
  var nudged = null;

  function unnudge() {
    if (nudged) { nudged.style.marginTop = ''; }
    nudged = null;
  }

  function nudge() {
    var dock = at('dock');
    unnudge();
    if (getComputedStyle(dock).position !== 'sticky') { return; }
    var buttons = Array.prototype.slice.call(document.querySelectorAll('#present button'));
    var line = dock.getBoundingClientRect().top;
    buttons.some(function (node) {
      var box = node.getBoundingClientRect();
      if (box.height && box.top < line && box.bottom > line && line - box.top < SLIVER) {
        nudged = node;
        node.style.marginTop = parseFloat(getComputedStyle(node).marginTop) + line - box.top + 2 + 'px';
        return true;
      }
      return false;
    });
  }

  // Pictures

  function pictureBox(picture) {
    var made = make('button', 'picture');
    made.type = 'button';
    var view = make('span', 'window');
    var image = make('img');
    image.alt = picture.alt;
    image.addEventListener('error', function () {
      var words = make('p', 'instead', picture.alt);
      if (made.parentNode) { made.parentNode.replaceChild(words, made); }
    });
    image.addEventListener('load', function () { findRing(image); aim(image); });
    image.src = picture.part;
    view.appendChild(image);
    made.appendChild(view);
    var bar = make('span', 'bar');
    bar.appendChild(sign('sign-larger'));
    bar.appendChild(make('span', '', say('larger')));
    made.appendChild(bar);
    made.addEventListener('click', function () { enlarge(picture); });
    return made;
  }

  // The ring is the only pure yellow of a picture. However low its window, the ring stays in it, whole.

  function findRing(image) {
    var canvas = make('canvas');
    var wide = canvas.width = image.naturalWidth;
    var tall = canvas.height = image.naturalHeight;
    var box = { left: wide, top: tall, right: 0, bottom: 0 };
    var brush = canvas.getContext('2d');
    brush.drawImage(image, 0, 0);
    var dots = brush.getImageData(0, 0, wide, tall).data;
    for (var y = 0; y < tall; y += 3) {
      for (var x = 0; x < wide; x += 3) {
        var n = 4 * (y * wide + x);
        if (dots[n] > 247 && Math.abs(dots[n + 1] - 212) < 8 && dots[n + 2] < 16) {
          box.left = Math.min(box.left, x);
          box.right = Math.max(box.right, x);
          box.top = Math.min(box.top, y);
          box.bottom = Math.max(box.bottom, y);
        }
      }
    }
    image.ring = box.right ? box : { left: 0, top: 0, right: wide, bottom: tall };
  }

  function aim(image) {
    var view = image.parentNode;
    var ring = image.ring;
    if (!ring || !view || !view.clientHeight) { return; }
    var wide = image.naturalWidth;
    var tall = image.naturalHeight;
    var scale = Math.max(view.clientWidth / wide, Math.min(view.clientHeight / tall, view.clientWidth / (ring.right - ring.left + 60)));
    scale = Math.max(Math.min(scale, view.clientHeight / (ring.bottom - ring.top + 50)), view.clientHeight / tall / 1.02);
    image.style.width = wide * scale + 'px';
    image.style.height = tall * scale + 'px';
    image.style.left = slide(view.clientWidth, wide * scale, scale * (ring.left + ring.right) / 2) + 'px';
    image.style.top = slide(view.clientHeight, tall * scale, scale * (ring.top + ring.bottom) / 2) + 'px';
  }

  function slide(room, length, middle) {
    return length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, room / 2 - middle));
  }

  function drawBeside(replies) {
    var beside = at('beside');
    clear(beside);
    replies.forEach(function (reply) {
      reply.pictures.slice(0, 1).forEach(function (picture) {
        var image = make('img');
        image.alt = picture.alt;
        image.addEventListener('error', function () { beside.replaceChild(make('p', 'instead', picture.alt), image); });
        if (window.innerWidth >= 1000) { image.src = picture.whole; } else { image.setAttribute('data-src', picture.whole); }
        clear(beside);
        beside.appendChild(image);
        beside.appendChild(button('choice', 'larger', say('larger_picture'), function () { enlarge(picture); }));
      });
    });
    beside.hidden = !beside.firstChild;
  }

  function enlarge(picture) {
    var panel = make('div', 'panel');
    var image = make('img', 'whole');
    image.alt = picture.alt;
    image.addEventListener('error', function () { panel.replaceChild(make('p', 'instead', picture.alt), image); });
    image.src = picture.whole;
    panel.appendChild(image);
    panel.appendChild(button('choice', 'cross', say('close'), closeOver));
    openOver(panel, say('picture'));
  }

  // What lies over the page: one thing at a time, Escape closes it, the focus goes back

  var over = { back: null, onClose: null, fixed: false };

  function openOver(panel, label, options) {
    var box = at('over');
    var first = box.hidden;
    if (first) { over.back = document.activeElement; }
    over.onClose = options && options.onClose || null;
    over.fixed = Boolean(options && options.fixed);
    clear(box);
    panel.setAttribute('role', 'dialog');
    panel.setAttribute('aria-modal', 'true');
    panel.setAttribute('aria-label', label);
    panel.tabIndex = -1;
    box.appendChild(panel);
    box.hidden = false;
    at('page').setAttribute('aria-hidden', 'true');
    document.body.classList.add('covered');
    panel.focus();
  }

  function closeOver() {
    var box = at('over');
    var after = over.onClose;
    if (box.hidden) { return; }
    box.hidden = true;
    clear(box);
    at('page').removeAttribute('aria-hidden');
    document.body.classList.remove('covered');
    over.onClose = null;
    if (over.back && document.body.contains(over.back)) { over.back.focus(); }
    if (after) { after(); }
  }

  function keepFocusWithin(event) {
    var box = at('over');
    if (box.hidden) { return; }
    if (event.key === 'Escape' && !over.fixed) { closeOver(); return; }
    if (event.key !== 'Tab') { return; }
    var stops = box.querySelectorAll('button');
    var now = document.activeElement;
    if (!stops.length) { event.preventDefault(); return; }
    var outside = !box.contains(now) || now === box.firstChild;
    if (event.shiftKey && (outside || now === stops[0])) { stops[stops.length - 1].focus(); event.preventDefault(); }
    else if (!event.shiftKey && (outside || now === stops[stops.length - 1])) { stops[0].focus(); event.preventDefault(); }
  }

  // The voice

  var sound = at('sound');
  var playing = null;

  function voiceRow(address) {
    var row = make('button', 'voice');
    row.type = 'button';
    row.setAttribute('data-voice', address);
    var round = make('span', 'round');
    round.appendChild(sign('sign-play'));
    row.appendChild(round);
    var rest = make('span', 'rest');
    var track = make('span', 'track');
    track.appendChild(make('span', 'fill'));
    rest.appendChild(make('span', 'what', say('listen')));
    rest.appendChild(track);
    rest.appendChild(make('span', 'long', ''));
    row.appendChild(rest);
    row.addEventListener('click', function () { toggle(row); });
    learnLength(row, address);
    return row;
  }

  function learnLength(row, address) {
    var probe = new Audio();
    probe.preload = 'metadata';
    probe.addEventListener('loadedmetadata', function () {
      row.setAttribute('data-seconds', Math.max(1, Math.round(probe.duration)));
      if (playing !== row) { row.querySelector('.long').textContent = seconds(probe.duration); fit(); }
    });
    probe.src = address;
  }

  function seconds(length) {
    var n = Math.max(1, Math.round(length));
    return n === 1 ? say('second') : say('seconds', { n: n });
  }

  function toggle(row) {
    if (playing === row && !sound.paused) { sound.pause(); return; }
    if (playing !== row) {
      quiet();
      playing = row;
      sound.src = row.getAttribute('data-voice');
    }
    face(row, 'pause', 'pause');
    row.classList.add('begun');
    var begun = sound.play();
    if (begun && begun.catch) { begun.catch(function () { if (sound.error) { noVoice(); } else { face(row, 'play', 'listen'); } }); }
  }

  function playBySelf() {
    var rows = at('message').querySelectorAll('.voice');
    if (rows.length) { toggle(rows[rows.length - 1]); }
  }

  function face(row, signName, label) {
    var round = row.querySelector('.round');
    clear(round);
    round.appendChild(sign('sign-' + signName));
    row.querySelector('.what').textContent = say(label);
  }

  function noVoice() {
    if (!playing) { return; }
    face(playing, 'play', 'voice_again');
    playing.classList.remove('begun');
    playing.querySelector('.long').textContent = '';
    playing = null;
  }

  function quiet() {
    if (!playing) { return; }
    var row = playing;
    playing = null;
    sound.pause();
    rewind(row);
  }

  function rewind(row) {
    var length = row.getAttribute('data-seconds');
    face(row, 'play', 'listen');
    row.classList.remove('begun');
    row.querySelector('.fill').style.width = '0';
    row.querySelector('.long').textContent = length ? seconds(Number(length)) : '';
  }

  sound.addEventListener('timeupdate', function () {
    if (!playing || !sound.duration || !isFinite(sound.duration)) { return; }
    playing.querySelector('.fill').style.width = (100 * sound.currentTime / sound.duration) + '%';
    playing.querySelector('.long').textContent = say('of_seconds', {
      n: Math.floor(sound.currentTime), of: Math.max(1, Math.round(sound.duration))
    });
  });
  sound.addEventListener('pause', function () { if (playing && !sound.ended) { face(playing, 'play', 'go_on'); } });
  sound.addEventListener('ended', function () { if (playing) { var row = playing; playing = null; rewind(row); } });
  sound.addEventListener('error', noVoice);

  // Sending: one at a time, in order; what cannot go waits, is said to wait, and goes again with the same id

  var SECOND_TAP = 500;    // milliseconds: sooner after a new message, a tap was meant for the old one
  var drawnAt = 0;

  function tap(node, choice, turn) {
    if (node.getAttribute('aria-disabled') === 'true' || Date.now() - drawnAt < SECOND_TAP) { return; }
    holdChoices(node, choice.label);
    send({ path: '/api/tap', body: { turn: turn, choice: choice.choice }, own: { words: choice.label, tapped: true } });
  }

  function holdChoices(pressed, label) {
    eachChoice(function (node) { node.setAttribute('aria-disabled', 'true'); });
    if (!pressed) { return; }
    pressed.classList.add('pressed');
    setTimeout(function () {
      if (!pressed.parentNode || pressed.getAttribute('aria-disabled') !== 'true') { return; }
      pressed.classList.add('slow');
      pressed.setAttribute('data-said', label);
      pressed.lastChild.textContent = say('one_moment', { label: label });
    }, 700);
  }

  function freeChoices() {
    eachChoice(function (node) {
      node.removeAttribute('aria-disabled');
      node.classList.remove('pressed');
      node.classList.remove('slow');
      if (node.hasAttribute('data-said')) { node.lastChild.textContent = node.getAttribute('data-said'); }
    });
  }

  function eachChoice(act) {
    Array.prototype.forEach.call(document.querySelectorAll('#choices .choice, #help-place .choice'), act);
  }

  function send(item) {
    item.id = newId();
    queue.push(item);
    keepQueue();
    if (!item.own.tapped) { drawWaiting(); }
    pump();
  }

  function pump() {
    if (sending || !queue.length) { return; }
    sending = true;
    var item = queue[0];
    post(item).then(function (answer) {
      sending = false;
      arrived(item, answer);
    }, function (refusal) {
      sending = false;
      failed(item, refusal);
    });
  }

  function post(item) {
    if (item.blob) {
      return call(item.path + '?id=' + item.id + '&after=' + state.after, { method: 'POST', body: item.blob, headers: { 'Content-Type': item.type } });
    }
    var body = { id: item.id, after: state.after };
    for (var name in item.body) { body[name] = item.body[name]; }
    return call(item.path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
  }

  function call(path, options) {
    options = options || {};
    options.headers = options.headers || {};
    options.headers['X-Handrail'] = state.language;
    options.credentials = 'same-origin';
    options.cache = 'no-store';
    return fetch(path, options).then(function (response) {
      return response.json().then(function (answer) {
        if (response.ok) { return answer; }
        throw { status: response.status, say: answer.say };
      }, function () { throw { status: response.status || 503 }; });
    });
  }

  function arrived(item, answer) {
    queue.shift();
    keepQueue();
    forgive();
    lastOwn = item.own;
    take(answer);
    drawWaiting();
    show(fresh(answer.replies), false);
    if (!answer.replies.length) {
      freeChoices();
      if (answer.turn > state.turn) { reload(); } else if (!item.own.tapped) { keepOwn(item.own); settle(false); }
    }
    pump();
  }

  function keepOwn(own) {
    at('message').appendChild(bubble(own));
    lastOwn = null;
  }

  function fresh(replies) {
    return replies.filter(function (reply) { return reply.id > state.after; });
  }

  function failed(item, refusal) {
    var status = refusal && refusal.status;
    if (status === 401) { reopen(); return; }
    if (status && status < 500) {
      queue.shift();
      keepQueue();
      freeChoices();
      drawWaiting();
      notice('help', '', refusal.say || say('trouble'), true);
      if (status === 413 && item.own && item.path === '/api/say') { at('words').value = item.own.words; writing(); }
      pump();
      return;
    }
    if (status) { notice('cloud', say('trouble_head'), say('trouble')); } else { notice('cloud', say('offline_head'), say('offline')); }
    drawWaiting(true);
    setTimeout(pump, Math.min(15000, 1500 * Math.pow(2, item.tries = (item.tries || 0) + 1)));
  }

  function keepQueue() {
    if (shared) { return; }
    var lines = queue.filter(function (item) { return !item.blob; });
    try { if (lines.length) { sessionStorage.setItem('handrail-waiting', JSON.stringify(lines)); } else { sessionStorage.removeItem('handrail-waiting'); } } catch (error) { /* then only in memory */ }
  }

  function findQueue() {
    if (shared) { return; }
    try { queue = JSON.parse(sessionStorage.getItem('handrail-waiting') || '[]').concat(queue); } catch (error) { /* none */ }
    drawWaiting();
    pump();
  }

  function drawWaiting(stuck) {
    Array.prototype.forEach.call(document.querySelectorAll('.bubble.waiting'), function (node) { node.parentNode.removeChild(node); });
    queue.forEach(function (item) {
      if (item.own.tapped && !stuck) { return; }
      var made = bubble(item.own, true);
      made.classList.add('waiting');
      at('message').appendChild(made);
    });
    fit();
  }

  // Notices: what is wrong, and what happens next

  function notice(signName, head, words, closes) {
    var box = at('notice');
    clear(box);
    box.appendChild(sign('sign-' + signName));
    var text = make('div', 'text');
    if (head) { text.appendChild(make('strong', '', head)); }
    text.appendChild(make('span', '', words));
    if (closes) { text.appendChild(button('choice', 'check', say('understood'), forgive)); }
    box.appendChild(text);
    box.hidden = false;
    fit();
    if (box.getBoundingClientRect().top < headHeight()) { window.scrollTo(0, at('present').offsetTop - headHeight()); settledAt = window.scrollY; }
    fit();
  }

  function forgive() {
    if (at('notice').hidden) { return; }
    at('notice').hidden = true;
    clear(at('notice'));
    fit();
  }

  // Opening, coming back, news

  function take(answer) {
    if (answer.language) { setLanguage(answer.language, answer.dir); }
    state.voice = answer.voice;
    state.title = answer.title;
    takeLetters(answer.letters || '');
    if (answer.card && answer.card.length) { state.card = answer.card; }
    if (typeof answer.after === 'number') { state.after = Math.max(state.after, answer.after); }
    if (shared) { at('finished').hidden = false; drawCardButton(); }
  }

  function begin() {
    var opened = window.history.state && window.history.state.opened;
    if (opened || shared) { reload(); } else { open(); }
  }

  function reload() {
    return call('/api/now').then(function (answer) {
      forgive();
      if (answer.unknown && shared) { whoIsHere(true); return; }
      if (answer.unknown || !answer.present.length) { open(); return; }
      take(answer);
      show(answer.present, true);
      findQueue();
    }, function (refusal) {
      notice('cloud', say(refusal && refusal.status ? 'trouble_head' : 'offline_head'), refusal && refusal.say || say('trouble'));
      setTimeout(reload, 4000);
    });
  }

  var opening = null;

  function open() {
    opening = opening || newId();
    var body = { id: opening, start: start, shared: shared, language: page.lang };
    return call('/api/open', { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }).then(function (answer) {
      opening = null;
      forgive();
      try { window.history.replaceState({ opened: true }, ''); } catch (error) { /* then a reload says hello again */ }
      take(answer);
      show(answer.replies || answer.present, true);
      findQueue();
    }, function (refusal) {
      if (refusal && refusal.status && refusal.status < 500) { notice('help', '', refusal.say || say('trouble')); return; }
      notice('cloud', say('offline_head'), say('trouble'));
      setTimeout(open, 4000);
    });
  }

  function reopen() {
    var waiting = queue;
    queue = [];
    open().then(function () { queue = waiting.concat(queue); pump(); });
  }

  function listenForNews() {
    if (document.hidden || !at('over').hidden || queue.length || !state.shown.length) { setTimeout(listenForNews, 3000); return; }
    var asked = Date.now();
    call('/api/news?after=' + state.after).then(function (answer) {
      if (answer.unknown) { return; }
      var replies = fresh(answer.replies);
      if (replies.length && !queue.length) { take(answer); show(replies, false); }
      setTimeout(listenForNews, Date.now() - asked < 2000 ? 8000 : 300);
    }, function () { setTimeout(listenForNews, 12000); });
  }

  // Writing

  function writing() {
    var has = at('words').value.trim() !== '' || document.activeElement === at('words');
    at('ways').classList.toggle('writing', has);
    at('send').hidden = at('words').value.trim() === '';
    at('photo').hidden = at('speak').hidden = at('words').value.trim() !== '';
    at('words').style.height = '';
    at('words').style.height = Math.max(72, at('words').scrollHeight + 4) + 'px';
    fit();
  }

  function openWriting() {
    at('ways').classList.add('writing');
    at('words').focus();
    fit();
  }

  function submit(event) {
    event.preventDefault();
    var words = at('words').value.trim();
    if (!words) { return; }
    at('words').value = '';
    writing();
    send({ path: '/api/say', body: { text: words }, own: { words: words } });
  }

  // A photograph: shown first, sent only then

  var LARGEST_SIDE = 2400;

  function chosen() {
    var file = at('file').files[0];
    at('file').value = '';
    if (!file) { return; }
    var address = URL.createObjectURL(file);
    var panel = make('div', 'panel');
    var box = make('div', 'card');
    var image = make('img', 'chosen');
    image.alt = say('photo_alt');
    image.addEventListener('error', function () { closeOver(); notice('help', '', say('photo_wrong'), true); });
    image.src = address;
    box.appendChild(image);
    box.appendChild(make('h2', '', say('photo_question')));
    box.appendChild(button('choice usual', 'check', say('photo_yes'), function () {
      smaller(file, image, function (blob) {
        closeOver();
        send({ path: '/api/upload', blob: blob, type: blob.type || 'image/jpeg', own: { words: say('you_sent_photo') } });
      });
    }));
    box.appendChild(button('choice', 'cross', say('photo_no'), closeOver));
    panel.appendChild(box);
    openOver(panel, say('photo_question'), { onClose: function () { URL.revokeObjectURL(address); } });
  }

  function smaller(file, image, done) {
    var longest = Math.max(image.naturalWidth, image.naturalHeight);
    if (file.size < 2000000 && longest <= 5000) { done(file); return; }
    var scale = Math.min(1, LARGEST_SIDE / longest);
    var canvas = make('canvas');
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(function (blob) { done(blob || file); }, 'image/jpeg', 0.85);
  }

  // A voice message

  function speak() {
    quiet();
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia || !window.MediaRecorder) {
      notice('speak', '', say('no_microphone'), true);
      openWriting();
      return;
    }
    navigator.mediaDevices.getUserMedia({ audio: true }).then(record, function () {
      notice('speak', '', say('microphone_refused'), true);
    });
  }

  function record(stream) {
    var recorder = new MediaRecorder(stream);
    var pieces = [];
    var begun = Date.now();
    var keep = false;
    var count = make('span', '', seconds(0));
    var waves = make('div', 'waves');
    for (var n = 0; n < 15; n += 1) { waves.appendChild(make('i')); }
    var stopMoving = move(stream, waves);
    var clock = setInterval(function () {
      var long = (Date.now() - begun) / 1000;
      count.textContent = seconds(long);
      if (long >= 120) { end(true); }
    }, 500);

    function end(toSend) {
      if (recorder.state === 'inactive') { return; }
      keep = toSend;
      recorder.stop();
    }

    recorder.addEventListener('dataavailable', function (event) { if (event.data.size) { pieces.push(event.data); } });
    recorder.addEventListener('stop', function () {
      var long = (Date.now() - begun) / 1000;
      clearInterval(clock);
      stopMoving();
      stream.getTracks().forEach(function (track) { track.stop(); });
      over.onClose = null;
      closeOver();
      if (!keep) { return; }
      if (long < 0.7 || !pieces.length) { notice('speak', '', say('nothing_heard'), true); return; }
      var type = (recorder.mimeType || 'audio/webm').split(';')[0];
      send({ path: '/api/upload', blob: new Blob(pieces, { type: type }), type: type, own: { words: say('you_spoke', { seconds: seconds(long) }) } });
    });

    var panel = make('div', 'panel');
    var box = make('div', 'card');
    var row = make('div', 'row');
    row.appendChild(make('h2', '', say('listening')));
    row.appendChild(count);
    box.appendChild(row);
    box.appendChild(waves);
    box.appendChild(button('choice usual stop', 'stop', say('stop'), function () { end(true); }));
    box.appendChild(button('choice wide-gap', 'cross', say('throw_away'), function () { end(false); }));
    panel.appendChild(box);
    openOver(panel, say('listening'), { onClose: function () { end(false); } });
    recorder.start();
  }

  function move(stream, waves) {
    var Context = window.AudioContext || window.webkitAudioContext;
    var still = window.matchMedia && window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!Context || still) { return function () {}; }
    var context = new Context();
    var ear = context.createAnalyser();
    var levels = new Uint8Array(64);
    ear.fftSize = 128;
    context.createMediaStreamSource(stream).connect(ear);
    var timer = setInterval(function () {
      ear.getByteFrequencyData(levels);
      Array.prototype.forEach.call(waves.children, function (bar, n) { bar.style.height = (12 + levels[2 + n * 2] / 5) + 'px'; });
    }, 100);
    return function () { clearInterval(timer); context.close(); };
  }

  // A shared computer: nothing stays in the browser, and it covers itself when nobody touches it

  var touched = Date.now();

  function drawCardButton() {
    if (at('my-card') || !state.card.length) { return; }
    var made = make('button', 'finished', say('card_show'));
    made.type = 'button';
    made.id = 'my-card';
    made.setAttribute('data-label', 'card_show');
    made.addEventListener('click', function () { showCard(closeOver, 'close'); });
    at('finished').parentNode.insertBefore(made, at('finished'));
    fit();
  }

  function showCard(act, label) {
    var panel = make('div', 'panel');
    var box = make('div', 'card');
    box.appendChild(make('h2', 'big', say('card_head')));
    box.appendChild(make('p', '', say('card_words')));
    var row = make('div', 'words three');
    state.card.forEach(function (word) { row.appendChild(pictureWord('div', word)); });
    box.appendChild(row);
    panel.appendChild(box);
    panel.appendChild(button('choice usual', 'check', say(label), act));
    panel.appendChild(button('choice', 'print', say('card_print'), function () { window.print(); }));
    openOver(panel, say('card_head'), { fixed: label !== 'close' });
  }

  function pictureWord(tag, word) {
    var made = make(tag, 'word');
    made.appendChild(sign('word-' + word));
    made.appendChild(make('span', '', say('word_' + word)));
    return made;
  }

  function whoIsHere(nobodyYet) {
    quiet();
    var panel = make('div', 'panel');
    var box = make('div', 'card');
    panel.appendChild(brand());
    box.appendChild(make('h2', 'big', say('cover_head')));
    if (!nobodyYet) { box.appendChild(make('p', '', say('cover_words'))); }
    panel.appendChild(box);
    if (!nobodyYet) { panel.appendChild(button('choice usual', 'check', say('cover_me'), function () { touched = Date.now(); closeOver(); })); }
    panel.appendChild(button('choice', 'card', say('cover_card'), function () { enterCard(nobodyYet); }));
    panel.appendChild(button('choice', 'person', say('cover_new'), function () { leave().then(function () { closeOver(); open(); }); }));
    if (nobodyYet) {
      Object.keys(all).forEach(function (language) {
        if (language === state.language) { return; }
        var other = button('choice wide-gap', 'on', all[language].language_name, function () { setLanguage(language, 'ltr'); whoIsHere(true); });
        other.lang = language;
        panel.appendChild(other);
      });
    }
    openOver(panel, say('cover_head'), { fixed: true });
  }

  function brand() {
    var made = make('div', 'brand');
    var mark = sign('sign-mark');
    mark.setAttribute('class', 'mark');
    made.appendChild(mark);
    made.appendChild(make('span', '', say('name')));
    return made;
  }

  function enterCard(nobodyYet) {
    var words = [];
    var panel = make('div', 'panel');
    var box = make('div', 'card');
    box.appendChild(make('h2', '', say('card_enter')));
    var told = make('p', '', '');
    told.setAttribute('role', 'status');
    box.appendChild(told);
    var grid = make('div', 'words');
    Object.keys(all.en).forEach(function (key) {
      if (key.indexOf('word_') !== 0) { return; }
      var word = key.slice(5);
      var made = pictureWord('button', word);
      made.type = 'button';
      made.addEventListener('click', function () {
        if (words.length > 2 || words.indexOf(word) >= 0) { return; }
        words.push(word);
        made.classList.add('taken');
        told.textContent = say('card_chosen', { words: words.map(function (w) { return say('word_' + w); }).join(', ') });
        if (words.length === 3) { tryCard(words, told, again); }
      });
      grid.appendChild(made);
    });
    box.appendChild(grid);
    panel.appendChild(box);
    panel.appendChild(button('choice', 'again', say('card_clear'), function () { told.textContent = ''; again(); }));
    panel.appendChild(button('choice', 'cross', say('back'), function () { whoIsHere(nobodyYet); }));
    openOver(panel, say('card_enter'), { fixed: true });

    function again() {
      words = [];
      Array.prototype.forEach.call(grid.children, function (node) { node.classList.remove('taken'); });
    }
  }

  function tryCard(words, told, again) {
    call('/api/card', { method: 'POST', body: JSON.stringify({ words: words }), headers: { 'Content-Type': 'application/json' } }).then(function () {
      forget();
      state.card = words;
      closeOver();
      reload();
    }, function (refusal) {
      told.textContent = refusal && refusal.say || say('trouble');
      again();
    });
  }

  function finish() {
    function tidy() {
      leave().then(function () {
        forget();
        whoIsHere(true);
        var panel = at('over').firstChild;
        var box = panel.querySelector('.card');
        box.insertBefore(make('p', '', say('goodbye_head') + ' ' + say('goodbye_words')), box.firstChild);
      });
    }
    if (state.card.length) { showCard(tidy, 'finished'); } else { tidy(); }
  }

  function leave() {
    return call('/api/finish', { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } }).then(forget, function (refusal) {
      notice('cloud', say(refusal && refusal.status ? 'trouble_head' : 'offline_head'), say('trouble'));
      throw refusal;
    });
  }

  function forget() {
    quiet();
    ['message', 'choices', 'help-place', 'own', 'earlier', 'beside', 'announcer'].forEach(function (id) { clear(at(id)); });
    at('earlier').hidden = true;
    at('to-earlier').hidden = true;
    at('words').value = '';
    queue = [];
    lastOwn = null;
    state.after = 0;
    state.turn = 0;
    state.shown = [];
    state.card = [];
    state.letters = null;
    setSize(0, false);
    page.classList.remove('with-picture');
    if (at('my-card')) { at('my-card').parentNode.removeChild(at('my-card')); }
  }

  function watchForSilence() {
    var limit = 1000 * Number(page.getAttribute('data-cover-after'));
    ['pointerdown', 'touchstart', 'mousedown', 'keydown', 'scroll'].forEach(function (kind) {
      window.addEventListener(kind, function () { touched = Date.now(); }, true);
    });
    setInterval(function () {
      if (Date.now() - touched > limit && at('over').hidden && state.shown.length) { whoIsHere(false); }
    }, 500);
  }

  // Everything together

  at('smaller').addEventListener('click', function () { if (size() > 0) { setSize(size() - 1, true); } });
  at('larger').addEventListener('click', function () { if (size() < SIZES - 1) { setSize(size() + 1, true); } });
  Array.prototype.forEach.call(document.querySelectorAll('[data-pick]'), function (pick) {
    pick.addEventListener('click', function () { setSize(Number(pick.getAttribute('data-pick')), true); });
  });
  Array.prototype.forEach.call(document.querySelectorAll('[data-language]'), function (other) {
    other.addEventListener('click', function () {
      var name = other.getAttribute('data-language');
      setLanguage(name, name === 'ar' ? 'rtl' : 'ltr');
      send({ path: '/api/say', body: { text: all[name].language_name }, own: { words: all[name].language_name } });
    });
  });
  at('to-earlier').addEventListener('click', function () {
    at('earlier').focus();
    window.scrollTo(0, Math.max(0, at('bridge').offsetTop - window.innerHeight + at('dock').offsetHeight));
  });
  at('ways').addEventListener('submit', submit);
  at('words').addEventListener('input', writing);
  at('words').addEventListener('blur', function () { setTimeout(writing, 200); });
  at('write').addEventListener('click', openWriting);
  at('photo').addEventListener('click', function () { at('file').click(); });
  at('file').addEventListener('change', chosen);
  at('speak').addEventListener('click', speak);
  if (shared) { at('finished').addEventListener('click', finish); }
  at('words').addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229) { submit(event); }
  });
  document.addEventListener('keydown', function (event) {
    document.body.classList.remove('by-pointer');
    keepFocusWithin(event);
  });
  ['pointerdown', 'touchstart', 'mousedown'].forEach(function (kind) {
    document.addEventListener(kind, function () { document.body.classList.add('by-pointer'); });
  });
  window.addEventListener('resize', fit);
  window.addEventListener('online', pump);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) { pump(); } });

  setSize(Number(remembered('handrail-letters') || 0), false);
  setLanguage(state.language, page.dir);
  if (shared) { watchForSilence(); }
  begin();
  setTimeout(listenForNews, 3000);
})();
