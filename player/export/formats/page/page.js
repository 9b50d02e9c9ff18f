
// The player of one story. Times are in samples of the story (`rate` a second; the sound begins `delay` before it),
// places in UTF-16 units of a block's text. The text itself stays as it is: what sounds is painted over it.

const $ = (id) => document.getElementById(id);
const { story, rate, samples, sentences: rows } = JSON.parse($("times").textContent);
const sentences = rows.map(([block, start, length, first, words]) => ({ block, start, end: start + length, first, words }));
const paragraphs = sentences.filter((sentence, n) => n === 0 || sentences[n - 1].block !== sentence.block);
const links = [...document.querySelectorAll("#chapters a")];
const chapters = links.map((link) => ({ link, first: firstOf(blockOf(link.hash.slice(1))) }));

const RESTART = 1.5 * rate; // further in than this, "previous" first goes to where this one begins
const SLOWEST = 0.5, FASTEST = 3;
const audio = $("sound"), sources = [...audio.querySelectorAll("source")], bar = $("bar"), player = $("player"), root = document.documentElement;

/** The sound that this browser plays: the first that it knows. */
const source = sources.find(({ type }) => audio.canPlayType(type)) ?? sources.at(-1);
const delay = Number(source.dataset.delay ?? 0);

const LOOK = 4000; // milliseconds after the reader's last scrolling in which nothing else scrolls

let shown = {}; // the sentence and the word that are painted, and the second that is told
let following = true;
let looked = -Infinity; // when the reader scrolled last, in milliseconds
let zoom = 1; // of the text
let sleep = {}; // when the sleep timer pauses: at a `time` (milliseconds) or a `sample`
let volume = 100; // per cent, as it is heard: the square root of power

// -- what sounds when ------------------------------------------------------------------------------------------------

function blockOf(id) {
  return Number(id.slice(1));
}

/** When a block, or the next one that says something, begins. */
function firstOf(block) {
  return sentences.find((sentence) => sentence.block >= block)?.first ?? samples;
}

/** When the word at a character of a block begins. */
function whenOf(block, character) {
  const sentence = sentences.findLast((one) => one.block === block && one.start <= character);
  if (!sentence) return firstOf(block);
  return (lastWord(sentence, ({ start }) => start <= character) ?? sentence).first;
}

/** The index of the last of a list's entries that begins at a sample or before; -1 when none does. */
function indexAt(list, sample) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].first <= sample) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A sentence's words: {start, end, first}. They are kept as three numbers each, from where the sentence begins. */
function* wordsOf(sentence) {
  for (let n = 0; n < sentence.words.length; n += 3) {
    const [start, length, first] = sentence.words.slice(n, n + 3);
    yield { start: sentence.start + start, end: sentence.start + start + length, first: sentence.first + first };
  }
}

/** The last of a sentence's words for which `begun` holds. */
function lastWord(sentence, begun) {
  let found;
  for (const word of wordsOf(sentence)) if (begun(word)) found = word;
  return found;
}

/** Whether the story has been played since the page opened. */
function played() {
  return root.classList.contains("plays");
}

function now() {
  return Math.max(0, Math.min(Math.floor(audio.currentTime * rate) - delay, samples - 1));
}

/** Have the sound go somewhere. In the middle of the sample: browsers cut off what is less than a microsecond. */
function go(sample) {
  audio.currentTime = (Math.max(0, Math.min(sample, samples - 1)) + delay + 0.5) / rate;
}

// -- playing ---------------------------------------------------------------------------------------------------------

function play() {
  audio.play().catch((error) => error.name === "AbortError" || say(`The sound cannot be played: ${error.message}`));
}

function seek(sample) {
  looked = -Infinity;
  follow(true);
  go(sample);
  show();
}

/** To the next of a list (1), or to the beginning of this one or the one before (-1). */
function skip(list, count) {
  const sample = now();
  let index = indexAt(list, sample);
  if (count < 0 && index >= 0 && sample - list[index].first > RESTART) count += 1;
  index += count;
  if (index < list.length) seek(index < 0 ? 0 : list[index].first); // the last one plays on
}

function setSpeed(speed) {
  audio.defaultPlaybackRate = audio.playbackRate = Math.round(Math.max(SLOWEST, Math.min(speed, FASTEST)) * 100) / 100;
}

function setVolume(percent) {
  volume = Math.max(0, Math.min(percent, 100));
  audio.volume = (volume / 100) ** 2;
}

/** What buttons and keys do: the names in their data-do, with their data-by. */
const actions = {
  play: () => (audio.paused ? play() : audio.pause()),
  sentence: (by) => skip(sentences, by),
  paragraph: (by) => skip(paragraphs, by),
  seconds: (by) => seek(now() + by * rate),
  chapter(by) {
    if (chapters.length) skip(chapters, by);
    else actions.chapters();
  },
  restart() {
    go(0);
    play();
  },
  more: () => toggle($("sheet")),
  chapters() {
    if (!chapters.length) return say("This story has no chapters: ↑ and ↓ skip paragraphs.");
    const here = chapters[indexAt(chapters, now())]?.link;
    for (const link of links) link.ariaCurrent = link === here ? "true" : null;
    instead($("chapters"));
    here?.focus();
  },
  speed(by) {
    setSpeed(audio.playbackRate + by);
    say(`Speed ${audio.playbackRate}`);
  },
  normal() {
    setSpeed(1);
    say("Speed 1");
  },
  volume(by) {
    setVolume(volume + by);
    say(`Volume ${volume} %`);
  },
  size(by) {
    setZoom(zoom + by / 10);
    say(`Text size ${Math.round(zoom * 100)} %`);
    keep();
  },
  follow(always) {
    looked = -Infinity;
    follow(Boolean(always) || !following);
    if (following) reveal();
  },
  look(lines) {
    follow(false);
    scrollBy({ top: lines * 30 });
  },
  theme() {
    const theme = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.theme = theme === "dark" ? "light" : "dark";
    keep();
  },
  help: () => instead($("help")),
};

function setZoom(wanted) {
  zoom = Math.round(Math.max(0.8, Math.min(wanted, 2)) * 10) / 10;
  root.style.setProperty("--zoom", zoom);
}

/** Open a dialog instead of the sheet, or close it. */
function instead(dialog) {
  $("sheet").close();
  toggle(dialog);
}

function toggle(dialog) {
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

// -- showing ---------------------------------------------------------------------------------------------------------

/** Paint what sounds now, and say where it is. Called often: does nothing where nothing has changed. */
function show() {
  const begun = audio.currentTime > 0 && !audio.ended;
  const sentence = begun ? sentences[Math.max(indexAt(sentences, now()), 0)] : undefined;
  const word = sentence && lastWord(sentence, ({ first }) => first <= now());
  const second = Math.floor(now() / rate);
  const before = shown;
  shown = { sentence, word, second };
  if (sentence !== before.sentence || word?.start !== before.word?.start) {
    paint(sentence, word);
    if (following && performance.now() - looked > LOOK) reveal();
  }
  if (second !== before.second) {
    setSlider(bar, second);
    $("elapsed").textContent = clock(second);
  }
}

/** A slider's value, and how much of it is coloured: up to its thumb's middle, which never reaches the ends. */
function setSlider(slider, value) {
  slider.value = value;
  slider.style.setProperty("--share", `calc(7px + ${slider.value / slider.max} * (100% - 14px))`);
}

function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The slider's value in words. Not said while it plays on: a screen reader would speak into the story. */
function nameTime() {
  const named = (seconds) => `${Math.floor(seconds / 60)} minutes ${seconds % 60} seconds`;
  bar.ariaValueText = `${named(Math.floor(now() / rate))} of ${named(Math.round(samples / rate))}`;
}

let silence;
/** A short message, seen and heard. */
function say(text) {
  $("status").textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => ($("status").textContent = ""), 2500);
}

/** The range of a block's text, whatever elements it is in. */
function rangeOf(block, start, end) {
  const range = document.createRange();
  const texts = document.createTreeWalker($(`b${block}`), NodeFilter.SHOW_TEXT);
  for (let at = 0; texts.nextNode(); at += texts.currentNode.length) {
    const node = texts.currentNode;
    if (start >= at && start <= at + node.length) range.setStart(node, start - at);
    if (end > at && end <= at + node.length) range.setEnd(node, end - at);
  }
  return range;
}

/** Paint a sentence and a word (or neither): as highlights, or in older browsers as elements in the text. */
const paint = window.Highlight && CSS.highlights ? paintOver : paintInside;

function paintOver(sentence, word) {
  for (const [name, span] of [["sentence", sentence], ["word", word]]) {
    CSS.highlights.delete(name);
    if (!span) continue;
    const highlight = new Highlight(rangeOf(sentence.block, span.start, span.end));
    highlight.priority = name === "word" ? 1 : 0;
    CSS.highlights.set(name, highlight);
  }
}

function paintInside(sentence, word) {
  const before = document.querySelector("span.sentence")?.parentElement;
  if (before) before.textContent = before.textContent;
  for (const [name, span] of [["sentence", sentence], ["word", word]]) {
    if (!span) continue;
    const element = document.createElement("span");
    element.className = name;
    rangeOf(sentence.block, span.start, span.end).surroundContents(element);
  }
}

/** Scroll to what sounds, if it is not well in sight. */
function reveal() {
  const span = shown.word ?? shown.sentence;
  if (!span) return;
  const box = rangeOf(shown.sentence.block, span.start, span.end).getBoundingClientRect();
  const room = roomAbove();
  if (box.top > room * 0.08 && box.bottom < room * 0.75) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  scrollTo({ top: scrollY + box.top - room * 0.3, behavior });
}

/** The height of the window above the player. */
function roomAbove() {
  return player.hidden ? innerHeight : player.getBoundingClientRect().top;
}

/** Whether what sounds can be seen. */
function isInSight() {
  const { sentence, word } = shown;
  if (!sentence) return true;
  const { start, end } = word ?? sentence;
  const box = rangeOf(sentence.block, start, end).getBoundingClientRect();
  return box.bottom > 0 && box.top < roomAbove();
}

function follow(wanted) {
  following = wanted;
  $("follow").ariaPressed = String(following);
  $("back").hidden = following || !played();
}

// -- hands: buttons, keys, words, scrolling --------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  const link = event.target.closest("#chapters a");
  if (event.detail > 0) button?.blur(); // clicked, not pressed: the next key is for the story
  if (button) actions[button.dataset.do](Number(button.dataset.by));
  if (link) {
    event.preventDefault();
    $("chapters").close();
    seek(firstOf(blockOf(link.hash.slice(1))));
  }
});

const keys = new Map();
for (const row of document.querySelectorAll("#help [data-keys]")) {
  for (const key of row.dataset.keys.split(" ")) keys.set(key, row.dataset);
}

document.addEventListener("keydown", (event) => {
  const alt = event.altKey && !"[]".includes(event.key); // on some keyboards brackets need it
  if (!$("use-keys").checked || alt || event.metaKey || event.defaultPrevented) return;
  const named = event.key === " " ? "Space" : event.key;
  if (/^(Page|Home|End)/.test(named)) looks();
  const shift = event.shiftKey && named.length > 1 ? "Shift+" : ""; // with a character, it chose which
  const key = keys.get((event.ctrlKey ? "Control+" : "") + shift + named);
  const dialog = document.querySelector("dialog[open]");
  if (!played() && /^(Space|Arrow)/.test(named)) return; // until then the page is one to read
  if (!key || (dialog && dialog !== $("sheet") && dialog.id !== key.do)) return;
  if (event.target.closest("select")) return;
  if (event.target.closest("button, a, input[type=checkbox]") && named === "Space") return;
  if (event.target.closest("input[type=range]") && /^(Arrow|Page|Home|End)/.test(named)) return;
  event.preventDefault();
  actions[key.do](Number(key.by));
});

/** The sentence and the word under a click, if it hit one. */
function wordUnder({ clientX: x, clientY: y }) {
  const caret = document.caretPositionFromPoint?.(x, y);
  const range = caret ? document.createRange() : document.caretRangeFromPoint?.(x, y);
  if (caret) range.setStart(caret.offsetNode, caret.offset);
  const holder = (range?.startContainer.parentElement)?.closest("#story [id^=b]");
  if (!holder) return undefined;
  const place = document.createRange();
  place.selectNodeContents(holder);
  place.setEnd(range.startContainer, range.startOffset);
  const offset = String(place).length;
  const inside = sentences.filter(({ block }) => block === blockOf(holder.id));
  const sentence = inside.findLast(({ start }) => start <= offset) ?? inside[0];
  if (!sentence) return undefined;
  const word = lastWord(sentence, ({ start }) => start <= offset) ?? sentence;
  const after = [...wordsOf(sentence)].find(({ start }) => start > word.start)?.start ?? sentence.end;
  const boxes = [...rangeOf(sentence.block, Math.min(word.start, offset), Math.max(after, offset)).getClientRects()];
  return boxes.some((box) => x >= box.left - 4 && x <= box.right + 4 && y >= box.top - 4 && y <= box.bottom + 4) ? word : undefined;
}

$("story").addEventListener("click", (event) => {
  if (!getSelection().isCollapsed) return; // to mark text is not to go there
  const word = wordUnder(event);
  if (!word) return;
  seek(word.first);
  play();
});

/** Note that the reader scrolls. */
function looks() {
  looked = performance.now();
}

for (const name of ["wheel", "touchmove"]) {
  const scrolled = (event) => event.ctrlKey || event.target.closest?.(".player, dialog") || looks();
  addEventListener(name, scrolled, { passive: true });
}
addEventListener("pointerdown", ({ target }) => target === root && looks()); // only its scroll bar lies outside the body
addEventListener("scroll", () => {
  if (performance.now() - looked > 1000) return; // not the reader
  looks(); // a drag of the scroll bar, or a swipe, goes on
  follow(isInSight());
});

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("click", ({ target, clientX: x, clientY: y }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    if (target === dialog && (x < left || x > right || y < top || y > bottom)) dialog.close();
  });
}

for (const menu of document.querySelectorAll("select")) {
  let clicked = false;
  menu.addEventListener("pointerdown", () => (clicked = true));
  menu.addEventListener("keydown", () => (clicked = false));
  menu.addEventListener("change", () => clicked && menu.blur()); // the next key is for the story
}
$("speed").addEventListener("change", () => setSpeed(Number($("speed").value)));
$("sleep").addEventListener("change", () => {
  const chosen = $("sleep").value;
  const next = chapters.find(({ first }) => first > now())?.first ?? samples;
  sleep = chosen === "chapter" ? { sample: next } : chosen ? { time: Date.now() + chosen * 60_000 } : {};
});

bar.addEventListener("input", () => seek(Number(bar.value) * rate));
bar.addEventListener("focus", nameTime);
$("volume").addEventListener("input", () => setVolume(Number($("volume").value)));
for (const slider of [bar, $("volume")]) slider.addEventListener("pointerup", () => slider.blur());

// -- the sound's own events ------------------------------------------------------------------------------------------

function frame() {
  show();
  if (!audio.paused) requestAnimationFrame(frame);
}

/** Pause when the sleep timer says so. */
function rest() {
  if (audio.paused || !(Date.now() >= sleep.time || now() >= sleep.sample)) return;
  sleep = {};
  $("sleep").value = "";
  audio.pause();
  say("Paused by the sleep timer");
}

/** From the first play on, the player is at the foot of the window. */
function begin() {
  const focused = $("listen").contains(document.activeElement);
  root.classList.add("plays");
  $("listen").hidden = true;
  player.hidden = false;
  if (focused) $("play").focus();
}

function showState() {
  const playing = !audio.paused && !audio.ended;
  $("play").ariaLabel = playing ? "Pause" : "Play";
  $("play").querySelector("use").setAttribute("href", playing ? "#i-pause" : "#i-play");
  if (!played()) begin();
  if (playing) requestAnimationFrame(frame);
}

for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, showState);
for (const name of ["timeupdate", "seeking", "seeked", "ended"]) audio.addEventListener(name, show);
audio.addEventListener("timeupdate", rest);
for (const name of ["pause", "seeked", "ended"]) audio.addEventListener(name, () => (nameTime(), keep()));
audio.addEventListener("play", () => following && reveal());
audio.addEventListener("volumechange", () => setSlider($("volume"), volume));
audio.addEventListener("ratechange", () => {
  const menu = $("speed"), speed = audio.playbackRate;
  menu.querySelector(".own")?.remove();
  if (![...menu.options].some(({ value }) => Number(value) === speed)) {
    const own = new Option(`${speed}×`, speed);
    own.className = "own";
    menu.add(own, [...menu.options].find(({ value }) => Number(value) > speed));
  }
  menu.value = speed;
  keep();
});

/** Whether the page holds its sound. (A source's src would be looked through to its end.) */
function inside() {
  return source.getAttribute("src").startsWith("data:");
}

/** The address of a sound as a file in memory: not every browser plays long addresses (Firefox: 32 MB), or skips in them
 * well. */
function unpacked({ type, attributes }) {
  const text = attributes.src.value, start = text.indexOf(",") + 1;
  const bytes = Uint8Array.fromBase64?.(text.slice(start)) ?? Uint8Array.from(atob(text.slice(start)), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type }));
}

/** Offer the sound to keep: as the MP3, which every program plays. */
function offerDownload() {
  const file = sources.at(-1), link = $("download");
  link.download = `${document.title}.${file.type.includes("opus") ? "opus" : "mp3"}`;
  link.href = inside() ? "#" : file.src;
  if (inside()) link.addEventListener("click", () => (link.href = unpacked(file)), { once: true });
  else file.addEventListener("error", () => say("The sound files are not beside this page."));
}
audio.addEventListener("error", () => say("The sound cannot be played by this browser."));

// -- lock screens and headphones -------------------------------------------------------------------------------------

if (navigator.mediaSession) {
  const session = navigator.mediaSession;
  const handlers = {
    play,
    pause: () => audio.pause(),
    seekbackward: ({ seekOffset }) => actions.seconds(-(seekOffset || 15)),
    seekforward: ({ seekOffset }) => actions.seconds(seekOffset || 15),
    seekto: ({ seekTime }) => seek(seekTime * rate),
    previoustrack: () => actions.paragraph(-1),
    nexttrack: () => actions.paragraph(1),
  };
  const picture = document.querySelector(".front img")?.src ?? document.querySelector("link[rel=apple-touch-icon]").href;
  session.metadata = new MediaMetadata({
    title: document.title,
    artist: document.querySelector("meta[name=author]")?.content ?? "",
    album: document.querySelector(".book")?.textContent ?? "",
    artwork: [{ src: picture, type: "image/jpeg" }],
  });
  for (const [name, handler] of Object.entries(handlers)) {
    try {
      session.setActionHandler(name, handler);
    } catch {
      // A browser that does not know an action throws: then it has no button for it either.
    }
  }
  const duration = samples / rate;
  const tell = () => {
    session.setPositionState?.({ duration, playbackRate: audio.playbackRate, position: now() / rate });
  };
  for (const name of ["play", "pause", "seeked", "ratechange"]) audio.addEventListener(name, tell);
}

// -- the place, kept in this browser ---------------------------------------------------------------------------------

/** A browser may deny it: then the story begins at its beginning the next time. */
function stored(action) {
  try {
    return action(`listen:${story}`);
  } catch {
    return undefined;
  }
}

/** Keep the place as block and character, which are the same in every voice and speed. */
function keep() {
  const { sentence, word } = shown;
  const place = sentence && !audio.ended ? { block: sentence.block, character: (word ?? sentence).start } : undefined;
  const kept = { place, speed: audio.playbackRate, volume, zoom, theme: root.dataset.theme, keys: $("use-keys").checked };
  stored((key) => localStorage.setItem(key, JSON.stringify(kept)));
}

function resume() {
  const kept = stored((key) => JSON.parse(localStorage.getItem(key))) ?? {};
  const sample = kept.place ? whenOf(kept.place.block, kept.place.character) : 0;
  if (kept.theme === "dark" || kept.theme === "light") root.dataset.theme = kept.theme;
  if (kept.zoom > 0) setZoom(kept.zoom);
  if (kept.keys === false) $("use-keys").checked = false;
  if (sample > 0 && sample < samples) {
    go(sample);
    $("listen-text").textContent = `Go on from ${clock(Math.floor(sample / rate))}?`;
    $("restart").hidden = false;
  }
  if (kept.volume >= 0) setVolume(kept.volume);
  if (kept.speed > 0) setSpeed(kept.speed);
}
addEventListener("pagehide", keep);

// -- begin -----------------------------------------------------------------------------------------------------------

if (inside()) audio.src = unpacked(source);
offerDownload();
audio.controls = false;
$("native").hidden = true;
$("listen").hidden = false;
$("whole").textContent = clock(Math.round(samples / rate));
if (!chapters.length) $("sleep").querySelector("[value=chapter]").remove();
bar.max = Math.max(1, Math.floor(samples / rate));
setSlider($("volume"), volume);
follow(false); // a page that opens stays where it opens
resume();
show();
follow(true);
nameTime();
