/**
 * <listen-to-story src="…/story.json"></listen-to-story>: "Listen to story" above an article, on the article's own page.
 *
 *   <script type="module" src="/listen.js"></script>
 *   <listen-to-story src="/audio/my-story/story.json" duration="143"></listen-to-story>
 *
 * It plays the story's sound and lights the article's own words where they stand; the page's markup stays as it is.
 * story.json is what `listen export` writes, with "sound": [{"src", "type"}] (addresses relative to it) and "voice".
 *
 * Attributes
 *   src       the address of story.json
 *   duration  seconds, for the label. Without it, the first bytes of story.json are fetched when the element is in sight
 *             and the browser idle; with it, nothing is fetched before a pointer or the keyboard reaches the button
 *   for       a CSS selector of the article (else: the article or main around the element, the article after it, body)
 *   lang      language of the labels, where the page names none (en, de, fr, es, it, pt, nl)
 * Children    replace the words "Listen to story"; slot="end" stands behind the controls; slot="fallback" is shown only
 *             where this script is not
 * Parts       player (also begun, playing) play label duration bar time back from speed, dock follow close, here
 * Properties  --listen-accent, --listen-color, --listen-background, --listen-radius, --listen-font, --listen-word,
 *             --listen-sentence, --listen-float-background, --listen-float-color
 * Events      listen-ready {found: share of the words that the page has}, listen-play, listen-pause, listen-ended,
 *             listen-word {block, start, end, text, first}, listen-seek, listen-error {message}; all bubble
 * Methods     play(), pause(), seek(seconds or {block, character}); currentTime, duration, paused, playbackRate
 * Keyboard    behind "Back 15 seconds" a list of the paragraphs, shown while it has the focus: the chosen one is played
 *             on its buttons: Space and Enter; left and right: a sentence; up and down: a paragraph; , and . 15 seconds
 *
 * The place is kept in localStorage as block and character, by src; the speed for all. No other storage, no request but
 * story.json and one of its sounds. Under a strict Content-Security-Policy it needs script-src, connect-src and
 * media-src for these files only.
 */

const STEP = 15; // seconds of a skip
const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const RESTART = 1.5; // seconds: further in than this, "previous" goes to where this one begins
const LOOK = 4000; // milliseconds after the reader's last scrolling in which nothing else scrolls
const SLICE = 8; // milliseconds of work at a time
const STORE = "listen-to-story:";
const ELEMENT_NODE = 1, TEXT_NODE = 3, FOLLOWING = 4, MEDIA_ERR_NETWORK = 2; // as the standards number them

// -- labels ----------------------------------------------------------------------------------------------------------

const NAMES = "listen resume play pause back speed place follow here close failed".split(" ");
/** The labels by language, in the order of NAMES. A page may add languages: ListenToStory.labels.da = {listen: …}. */
const LABELS = Object.fromEntries(Object.entries({
  en: "Listen to story|Continue listening|Play|Pause|Back 15 seconds|Speed|Place in the story|Back to what is read|Play from here|Close|The sound cannot be played.",
  de: "Artikel anhören|Weiterhören|Abspielen|Pause|15 Sekunden zurück|Tempo|Stelle im Text|Zur gelesenen Stelle|Ab hier anhören|Schließen|Der Ton kann nicht abgespielt werden.",
  fr: "Écouter l’article|Reprendre l’écoute|Lire|Pause|Reculer de 15 secondes|Vitesse|Position dans le texte|Revenir au passage lu|Écouter à partir d’ici|Fermer|Le son ne peut pas être lu.",
  es: "Escuchar el artículo|Seguir escuchando|Reproducir|Pausa|Retroceder 15 segundos|Velocidad|Posición en el texto|Volver a lo que se lee|Escuchar desde aquí|Cerrar|No se puede reproducir el sonido.",
  it: "Ascolta l’articolo|Continua l’ascolto|Riproduci|Pausa|Indietro di 15 secondi|Velocità|Posizione nel testo|Torna al punto letto|Ascolta da qui|Chiudi|Impossibile riprodurre l’audio.",
  pt: "Ouvir o artigo|Continuar a ouvir|Reproduzir|Pausa|Recuar 15 segundos|Velocidade|Posição no texto|Voltar ao que é lido|Ouvir a partir daqui|Fechar|Não é possível reproduzir o som.",
  nl: "Luister naar dit verhaal|Verder luisteren|Afspelen|Pauze|15 seconden terug|Snelheid|Plaats in de tekst|Terug naar wat wordt voorgelezen|Vanaf hier luisteren|Sluiten|Het geluid kan niet worden afgespeeld.",
}).map(([language, texts]) => [language, Object.fromEntries(texts.split("|").map((text, n) => [NAMES[n], text]))]));

/** A length of time in a language's words: "3 min", "1 minute 2 seconds". */
function inWords(seconds, language, unitDisplay) {
  const say = (number, unit) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay }).format(number);
  if (unitDisplay === "short") return say(Math.max(1, Math.round(seconds / 60)), "minute");
  return `${say(Math.floor(seconds / 60), "minute")} ${say(Math.floor(seconds % 60), "second")}`;
}

/** A length of time in figures: 1:02, 1:00:02. */
function inFigures(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, n) => (n ? String(part).padStart(2, "0") : part)).join(":");
}

// -- words -----------------------------------------------------------------------------------------------------------

const UNSPACED = ["Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar"].map((s) => `\\p{Script=${s}}`).join("");
const UNSEEN = "\\u00ad\\u200b-\\u200d\\u2060\\ufeff";
const RAISED = "\\u00b2\\u00b3\\u00b9\\u2070-\\u209c"; // and lowered
/** A word, a character of a script without spaces, or a sign that is said. Quotes, hyphens and spaces are no part;
 * raised and lowered signs stand apart, since pages write them as elements. */
const WORD = new RegExp(
  `[${UNSPACED}]|[${RAISED}]+|(?:(?![${UNSPACED}${RAISED}])[\\p{L}\\p{N}\\p{M}${UNSEEN}])+|[\\p{Sc}\\p{Sm}\\p{So}&%#@]`,
  "gu",
);
const LETTER = /[\p{L}\p{N}\p{M}\s]/u;

/** Words as they are compared, and where they stand in their text. */
class Words {
  plain = [];
  starts = [];
  ends = [];

  /** Add a text's words; its first character stands at `offset`. */
  add(text, offset) {
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const plain = /^[a-z]+$/.test(word) ? word : word.normalize("NFKC").toLowerCase().replace(HIDDEN, "");
      if (!plain) continue;
      this.plain.push(plain);
      this.starts.push(offset + index);
      this.ends.push(offset + index + word.length);
    }
  }
}
const HIDDEN = new RegExp(`[${UNSEEN}]`, "g");

/** The index of the last entry of a sorted list that is at most `value`; -1 when none is. */
function lastAt(list, value, key = (entry) => entry) {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
const first = (entry) => entry.first;

// -- the story -------------------------------------------------------------------------------------------------------

/** What story.json says before its blocks, once enough of its text is there; else undefined. */
function headOf(text) {
  const blocks = text.search(/"blocks"\s*:/); // within a text its quotes would be escaped
  return blocks < 0 ? undefined : JSON.parse(`${text.slice(0, blocks)}"blocks": []}`);
}

/** A story's sentences and words in time, and the words of its text. Yields between blocks. */
function* storyOf(json) {
  const story = { blocks: json.blocks, sentences: [], paragraphs: [], words: new Words(), firsts: [0] };
  for (const [block, { text, sentences }] of json.blocks.entries()) {
    const unit = unitsOf(text);
    for (const [n, sentence] of sentences.entries()) {
      const entry = { block, start: unit(sentence.start), end: unit(sentence.end), first: sentence.first };
      entry.words = sentence.words.map((w) => ({ block, start: unit(w.start), end: unit(w.end), first: w.first }));
      story.sentences.push(entry);
      if (!n) story.paragraphs.push(entry);
    }
    story.words.add(text, 0);
    story.firsts.push(story.words.plain.length);
    yield;
  }
  return story;
}

/** From code points, in which story.json counts, to the UTF-16 units of this language. */
function unitsOf(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (point) => point;
  const units = [0];
  for (const character of text) units.push(units.at(-1) + character.length);
  return (point) => units[point];
}

// -- the page's text -------------------------------------------------------------------------------------------------

const SKIPPED = new Set(
  "TEXTAREA SELECT BUTTON IFRAME OBJECT VIDEO AUDIO CANVAS SVG RT RP LISTEN-TO-STORY".split(" "), // others are not shown
);

/** The text that a part of the page shows: one line a block, with its nodes and words. Yields every few elements. */
function* textOf(root) {
  const page = { root, text: "", nodes: [], places: [], words: new Words(), lines: [] };
  const done = [];
  let line = "", begin = 0;

  function endLine() {
    if (!line) return;
    page.words.add(line, begin);
    while (page.lines.length < page.words.plain.length) page.lines.push(done.length);
    done.push(line);
    begin += line.length + 1;
    line = "";
  }

  function* walk(parent) {
    for (const node of parent.childNodes) {
      if (node.nodeType === TEXT_NODE) {
        page.nodes.push(node);
        page.places.push(begin + line.length);
        line += node.data;
      } else if (node.nodeType === ELEMENT_NODE && !SKIPPED.has(node.tagName.toUpperCase())) {
        const flow = flowOf(node);
        if (flow === "none") continue;
        if (flow === "block") endLine();
        if (flow === "apart") line += " ";
        yield* walk(node);
        if (flow === "block") endLine();
      }
    }
    yield;
  }

  yield* walk(root);
  endLine();
  page.text = done.join("\n");
  return page;
}

/** How an element stands in the text: "inline", "apart" (raised or lowered), "block" or "none". */
function flowOf(element) {
  const { tagName } = element;
  if (tagName === "BR" || tagName === "HR") return "block";
  const { display, float, visibility } = getComputedStyle(element);
  if (display === "none" || visibility === "hidden") return "none";
  if (/^SU[BP]$/.test(tagName)) return "apart";
  if (/^(inline|contents|ruby)/.test(display)) return "inline";
  return float !== "none" && element.textContent.trim().length <= 3 ? "inline" : "block"; // a drop cap
}

/** Ranges of the page between two characters of its text (`end` is the one behind the last). */
function rangeOf(page, start, end) {
  const [from, to] = [start, end - 1].map((place) => lastAt(page.places, place));
  const range = document.createRange();
  range.setStart(page.nodes[from], Math.min(start - page.places[from], page.nodes[from].length));
  range.setEnd(page.nodes[to], Math.min(end - page.places[to], page.nodes[to].length));
  return range;
}

// -- which word of the page is which word of the story ---------------------------------------------------------------

/**
 * For each word of the story its number on the page, or -1. Both run in one direction.
 *
 * Three words in a row that are once in each are the same place (of these, the longest rising series). From there it
 * goes on word by word, then by the longest common series in what is left of a paragraph. Yields now and then.
 */
function* align({ words: { plain: said }, firsts }, { words: { plain: shown }, lines }) {
  const match = new Int32Array(said.length).fill(-1);
  anchor(match, longestRise(yield* commonTriples(said, shown)), shown.length);
  const blockOf = new Int32Array(said.length);
  for (let block = 0; block + 1 < firsts.length; block += 1) blockOf.fill(block, firsts[block], firsts[block + 1]);
  extend(match, said, shown, blockOf);
  yield;
  const above = nextMatches(match, shown.length);
  for (let block = 0, floor = -1; block + 1 < firsts.length; block += 1) {
    const [from, to] = [firsts[block], firsts[block + 1]];
    if (match.subarray(from, to).some((place) => place >= 0)) {
      yield* fillGaps(match, from, to, floor, above[to], said, shown, lines);
      dropAccident(match, from, to);
    }
    for (let n = from; n < to; n += 1) floor = Math.max(floor, match[n]);
  }
  yield* findWhole(match, firsts, said, shown, lines);
  return match;
}

/** Pairs [in one, in the other] of where three words in a row are, when both have them once. */
function* commonTriples(said, shown) {
  const here = yield* triples(said);
  const there = yield* triples(shown);
  const pairs = [];
  for (const [three, place] of here) {
    const other = there.get(three) ?? -1;
    if (place >= 0 && other >= 0) pairs.push([place, other]);
  }
  return pairs;
}

/** {three words in a row: their place, or -1 when there are several}. */
function* triples(words) {
  const places = new Map();
  for (let n = 0; n + 2 < words.length; n += 1) {
    const three = `${words[n]} ${words[n + 1]} ${words[n + 2]}`;
    places.set(three, places.has(three) ? -1 : n);
    if (n % 256 === 255) yield;
  }
  return places;
}

/** Of pairs that rise in the first number, the longest series that rises in the second, too. */
function longestRise(pairs) {
  const tails = [], before = [];
  pairs.forEach(([, place], n) => {
    const length = lastAt(tails, place - 1, (tail) => pairs[tail][1]) + 1;
    before.push(length ? tails[length - 1] : -1);
    tails[length] = n;
  });
  const series = [];
  for (let n = tails.at(-1) ?? -1; n >= 0; n = before[n]) series.push(pairs[n]);
  return series.reverse();
}

/** Match the three words of each pair. */
function anchor(match, pairs) {
  let last = -1;
  for (const [place, other] of pairs) {
    for (let n = 0; n < 3; n += 1) {
      if (match[place + n] >= 0 || other + n <= last) continue;
      match[place + n] = last = other + n;
    }
  }
}

/** Go on from what is matched while words are the same and in the same block: first backwards, since a pull quote
 * stands before the paragraph that it quotes. */
function extend(match, said, shown, blockOf) {
  const below = new Int32Array(match.length); // the last match before
  for (let n = 0, last = -1; n < match.length; n += 1) {
    below[n] = last;
    last = Math.max(last, match[n]);
  }
  for (let n = match.length - 1; n > 0; n -= 1) {
    const place = match[n] - 1;
    const free = match[n] >= 0 && match[n - 1] < 0 && place > below[n - 1] && blockOf[n] === blockOf[n - 1];
    if (free && shown[place] === said[n - 1]) match[n - 1] = place;
  }
  const above = nextMatches(match, shown.length);
  for (let n = 0; n + 1 < match.length; n += 1) {
    const place = match[n] + 1;
    const free = match[n] >= 0 && match[n + 1] < 0 && place < above[n + 1] && blockOf[n] === blockOf[n + 1];
    if (free && shown[place] === said[n + 1]) match[n + 1] = place;
  }
}

/** For each word the match of the next word that has one, itself included; behind all `end`. */
function nextMatches(match, end) {
  const above = new Int32Array(match.length + 1).fill(end);
  for (let n = match.length - 1; n >= 0; n -= 1) above[n] = match[n] >= 0 ? match[n] : above[n + 1];
  return above;
}

/** Match what is left between a block's matches, within the page's lines that have them. */
function* fillGaps(match, from, to, floor, ceiling, said, shown, lines) {
  for (let n = from, end; n < to; n = end + 1) {
    for (end = n; end < to && match[end] < 0; ) end += 1;
    if (end === n) continue;
    const before = n > from ? match[n - 1] : -1, after = end < to ? match[end] : -1;
    const own = (place) => lines[place] === lines[before] || lines[place] === lines[after];
    let low = before + 1, high = after;
    if (before < 0) for (low = after; low - 1 > floor && own(low - 1); ) low -= 1;
    if (after < 0) for (high = before + 1; high < ceiling && own(high); ) high += 1;
    const places = [];
    for (let place = low; place < high; place += 1) if (own(place)) places.push(place);
    if (places.length * (end - n) < 20_000) matchCommon(match, n, end, places, said, shown);
    yield;
  }
}

/** Match the longest common series of some words of the story and some of the page. */
function matchCommon(match, from, to, places, said, shown) {
  const width = places.length + 1;
  const lengths = new Uint16Array((to - from + 1) * width);
  const same = (n, m) => said[from + n] === shown[places[m]];
  for (let n = to - from - 1; n >= 0; n -= 1) {
    for (let m = width - 2; m >= 0; m -= 1) {
      const [at, below] = [n * width + m, (n + 1) * width + m];
      lengths[at] = same(n, m) ? lengths[below + 1] + 1 : Math.max(lengths[below], lengths[at + 1]);
    }
  }
  for (let n = 0, m = 0; from + n < to && m < places.length; ) {
    if (same(n, m)) match[from + n++] = places[m++];
    else if (lengths[(n + 1) * width + m] >= lengths[n * width + m + 1]) n += 1;
    else m += 1;
  }
}

/** Forget a block's matches when they are few and scattered: a removed paragraph has some words that others have. */
function dropAccident(match, from, to) {
  let matched = 0, run = 0, longest = 0;
  for (let n = from; n < to; n += 1) {
    run = match[n] >= 0 ? (n > from && match[n] === match[n - 1] + 1 ? run + 1 : 1) : 0;
    longest = Math.max(longest, run);
    matched += match[n] >= 0;
  }
  if (matched < 0.4 * (to - from) && longest < 6) match.fill(-1, from, to);
}

/** Blocks that have no three words of their own, such as short headings and what is said twice: whole, and best a line
 * by themselves; right behind the block before, else as near as can be to what is known. */
function* findWhole(match, firsts, said, shown, lines) {
  const above = nextMatches(match, shown.length);
  for (let block = 0, floor = -1; block + 1 < firsts.length; block += 1) {
    const [from, to] = [firsts[block], firsts[block + 1]];
    const length = to - from, last = above[to] - length;
    const is = (place) => said.slice(from, to).every((word, n) => word === shown[place + n]);
    const alone = (place) => lines[place - 1] !== lines[place] && lines[place + length] !== lines[place + length - 1];
    if (length && match.subarray(from, to).every((place) => place < 0)) {
      const step = above[to] < shown.length ? -1 : 1;
      let found = floor < last && is(floor + 1) && alone(floor + 1) ? floor + 1 : -1;
      for (let n = floor + 1; n <= last && !(found >= 0 && alone(found)); n += 1) {
        const place = step > 0 ? n : last + floor + 1 - n;
        if (shown[place] === said[from] && is(place) && (alone(place) || (found < 0 && length > 2))) found = place;
      }
      if (found >= 0) for (let n = 0; n < length; n += 1) match[from + n] = found + n;
      yield;
    }
    for (let n = from; n < to; n += 1) floor = Math.max(floor, match[n]);
  }
}

/** What a story has on a page. */
class Places {
  constructor(story, page, match) {
    Object.assign(this, { story, page, match });
    let found = 0;
    for (const place of match) found += place >= 0;
    /** The share of the story's words that the page has. */
    this.found = match.length ? found / match.length : 0;
    /** {element of the page: the block of the story that begins in it} */
    this.blocks = new Map();
  }

  /** Fill `blocks`. Yields between blocks. */
  *lookUp() {
    for (const { block } of this.story.paragraphs) {
      const element = this.elementOf(block);
      if (element && !this.blocks.has(element)) this.blocks.set(element, block);
      yield;
    }
  }

  /** Ranges of what the page has of a span of the story; none where it has nothing. */
  ranges({ block, start, end }) {
    const { match, page, story: { words, firsts } } = this;
    const ranges = [];
    for (let n = firsts[block]; n < firsts[block + 1]; n += 1) {
      if (match[n] < 0 || words.ends[n] <= start || words.starts[n] >= end) continue;
      const begin = n;
      while (n + 1 < firsts[block + 1] && words.starts[n + 1] < end && match[n + 1] === match[n] + 1) n += 1;
      const low = this.#reach(page.words.starts[match[begin]] - 1, -1, words.starts[begin] - start) + 1;
      const high = this.#reach(page.words.ends[match[n]], 1, end - words.ends[n]);
      ranges.push(rangeOf(page, low, high));
    }
    return ranges;
  }

  /** The end of the quotes, stops and signs that stand at a word and are at most `most`. */
  #reach(place, step, most) {
    for (; most > 0 && this.page.text[place] && !LETTER.test(this.page.text[place]); most -= 1) place += step;
    return place;
  }

  /** The page's block element in which a block of the story begins. */
  elementOf(block) {
    const { firsts } = this.story;
    const known = this.match.subarray(firsts[block], firsts[block + 1]).find((place) => place >= 0);
    if (known === undefined) return undefined;
    let element = rangeOf(this.page, this.page.words.starts[known], this.page.words.ends[known]).startContainer.parentElement;
    while (element !== this.page.root && flowOf(element) !== "block") element = element.parentElement;
    return element;
  }

  /** Whether the page still has the text that was found. */
  get holds() {
    return this.page.nodes.every((node) => node.isConnected);
  }
}

/** Run a generator some milliseconds at a time, so that the page never stands still. Returns its value. */
async function inSlices(work) {
  for (let began = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - began < SLICE) continue;
    await (globalThis.scheduler?.yield?.() ?? new Promise((go) => setTimeout(go)));
    began = performance.now();
  }
}

/** Find a story's text below a root of the page; when it is not there, in the whole page. */
async function findOn(root, story) {
  const page = await inSlices(textOf(root));
  const places = new Places(story, page, await inSlices(align(story, page)));
  if (places.found < 0.2 && root !== document.body) return findOn(document.body, story);
  await inSlices(places.lookUp());
  return places;
}

// -- painting --------------------------------------------------------------------------------------------------------

const painted = globalThis.Highlight && CSS.highlights;
const documentSheet = new CSSStyleSheet();
const WORD_COLOUR = "rgb(255 184 28 / .42)", SENTENCE_COLOUR = "rgb(255 184 28 / .15)"; // over light and dark pages

/** Give highlights the colours that an element's style asks for. A page's own ::highlight() rules come before these. */
function dress(element) {
  const style = getComputedStyle(element);
  const rule = (name, usual, system) => {
    const colour = style.getPropertyValue(`--listen-${name}`).trim() || usual;
    return `::highlight(listen-${name}) { background-color: ${colour} }
      @media (forced-colors: active) { ::highlight(listen-${name}) { ${system} } }
      @media print { ::highlight(listen-${name}) { background-color: transparent } }`;
  };
  const [sentence, word] = [
    rule("sentence", SENTENCE_COLOUR, "text-decoration: underline"),
    rule("word", WORD_COLOUR, "background-color: Highlight; color: HighlightText"),
  ];
  documentSheet.replaceSync(`@layer listen-to-story { ${sentence} ${word} }`);
  if (!document.adoptedStyleSheets.includes(documentSheet)) document.adoptedStyleSheets.push(documentSheet);
}

/** Light ranges of the page: as highlights, or where there are none by translucent boxes in `layer`. */
function paint(marks, layer) {
  for (const [name, ranges] of Object.entries(marks)) {
    if (!painted) continue;
    const highlight = new Highlight(...ranges);
    highlight.priority = name === "word" ? 1 : 0;
    CSS.highlights.set(`listen-${name}`, highlight);
  }
  if (!painted) layer.replaceChildren(...Object.entries(marks).flatMap(([name, ranges]) => boxesOf(name, ranges, layer)));
}

function boxesOf(name, ranges, layer) {
  const origin = layer.parentNode.getBoundingClientRect();
  return ranges.flatMap((range) => [...range.getClientRects()]).map((box) => {
    const mark = make("div", { class: `mark ${name}` });
    moveTo(mark, box.left - origin.left, box.top - origin.top);
    mark.style.width = `${box.width}px`;
    mark.style.height = `${box.height}px`;
    return mark;
  });
}

function moveTo(element, x, y) {
  element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}

// -- scrolling -------------------------------------------------------------------------------------------------------

/** What scrolls a node, and the part of the window in which it shows. */
function viewOf(node) {
  let scroller = node.parentElement;
  while (scroller && scroller !== document.body) {
    const scrolls = scroller.scrollHeight > scroller.clientHeight && /auto|scroll/.test(getComputedStyle(scroller).overflowY);
    if (scrolls) break;
    scroller = scroller.parentElement;
  }
  if (!scroller || scroller === document.body) return { scroller: document.scrollingElement, top: 0, height: innerHeight };
  const { top, bottom } = scroller.getBoundingClientRect();
  return { scroller, top: Math.max(0, top), height: Math.min(innerHeight, bottom) - Math.max(0, top) };
}

// -- the element's own parts -----------------------------------------------------------------------------------------

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function icon(path) {
  const [svg, shape] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

const DISC = "M12 0a12 12 0 1 0 0 24 12 12 0 0 0 0-24Z"; // the sign is cut out: what is behind shows through
const PLAY = `${DISC}M9.6 7v10l8-5Z`, PAUSE = `${DISC}M8.2 7.2v9.6h2.7V7.2ZM13.1 7.2v9.6h2.7V7.2Z`;
const BACK = "M12 4.5V1L7 5.7l5 4.6V6.7a6.9 6.9 0 1 1-6.9 6.9H3A9 9 0 1 0 12 4.5Z", CLOSE = "M6 7.4 7.4 6 18 16.6 16.6 18ZM16.6 6 18 7.4 7.4 18 6 16.6Z";

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host { display: block; container-type: inline-size; margin-block: 1.25em; color: var(--listen-color, inherit);
  font: 500 max(1rem, 16px)/1.25 var(--listen-font, system-ui, sans-serif); letter-spacing: normal; text-align: start; text-transform: none }
:host([hidden]), [hidden] { display: none !important }
button, select { all: unset; box-sizing: border-box; cursor: pointer; -webkit-tap-highlight-color: transparent }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px }
svg { display: block; width: 1.5em; height: 1.5em; fill: currentColor; fill-rule: evenodd; flex: none }
.player { --_accent: var(--listen-accent, currentColor); display: flex; align-items: center; box-sizing: border-box; width: fit-content; max-width: 100%; min-height: 3.25em;
  border-radius: var(--listen-radius, 99em); background: var(--listen-background, color-mix(in srgb, currentColor 7%, transparent)) }
.begun { width: 100%; max-width: 44em; padding-inline-end: .5em }
.play { display: flex; align-items: center; gap: .75em; min-height: 3.25em; padding: .375em 1.25em .375em .375em; border-radius: inherit }
.begun > .play { padding-inline-end: .375em }
.player > .play svg { width: 2.5em; height: 2.5em; color: var(--_accent) }
.player:not(.begun):has(.play:hover) { background: var(--listen-background, color-mix(in srgb, currentColor 11%, transparent)) }
.words { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 1em; overflow-x: clip }
.label { font-weight: 600 }
.quiet { font-size: .875em; white-space: nowrap; font-variant-numeric: tabular-nums; color: color-mix(in srgb, currentColor 78%, transparent) }
.label + .quiet { position: relative }
.label + .quiet:not(:empty)::before { content: "·"; position: absolute; inset-inline-end: calc(100% + .4em) }
::slotted([slot=end]) { margin-inline-end: 1em }
.controls, .dock { direction: ltr }
.controls { display: flex; align-items: center; gap: .25em; flex: 1; min-width: 0 }
@container (max-width: 27em) { .total { display: none } }
.bar { appearance: none; color: inherit; flex: 1; min-width: 3em; height: 2.75em; margin: 0 .5em; background: none; cursor: pointer; border-radius: .5em }
.bar::-webkit-slider-runnable-track { height: 4px; border-radius: 2px;
  background: linear-gradient(to right, var(--_accent) var(--share, 0%), color-mix(in srgb, currentColor 24%, transparent) 0) }
.bar::-moz-range-track { height: 4px; border-radius: 2px; background: color-mix(in srgb, currentColor 24%, transparent) }
.bar::-moz-range-progress { height: 4px; border-radius: 2px; background: var(--_accent) }
.bar::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px; border-radius: 50%; background: var(--_accent) }
.bar::-moz-range-thumb { width: 14px; height: 14px; border: 0; border-radius: 50%; background: var(--_accent) }
.small { display: grid; place-items: center; position: relative; min-width: 2.75em; min-height: 2.75em; border-radius: 99em }
.small:hover { background: color-mix(in srgb, currentColor 10%, transparent) }
.back::after { content: "15"; position: absolute; top: calc(50% - .12em); font: 700 .5em/1 system-ui, sans-serif }
.speed { font-size: .875em; font-weight: 600; padding-inline: .25em; width: 4em; text-align-last: center; font-variant-numeric: tabular-nums }
.from { width: 9em; text-align-last: start }
.from:not(:focus) { position: absolute; clip-path: inset(50%) }
option { color: CanvasText; background: Canvas }
.error { font-size: .875em }
.error:not(:empty) { padding-inline: 1em }
.layer { position: fixed; inset: 0; width: 100%; height: 100%; margin: 0; padding: 0; border: 0; overflow: clip; z-index: 2147483000;
  background: none; pointer-events: none; color: inherit; font: inherit }
.float { position: absolute; pointer-events: auto; display: flex; align-items: center; border-radius: 99em; --_accent: currentColor;
  color: var(--listen-float-color, #fff); background: var(--listen-float-background, #202023);
  box-shadow: 0 0 0 1px rgb(255 255 255 / .14), 0 6px 24px rgb(0 0 0 / .28) }
.dock { overflow: clip; background-image: linear-gradient(to right, rgb(255 255 255 / .13) var(--share, 0%), transparent 0); inset-block-end: max(1em, env(safe-area-inset-bottom)); left: 50%; translate: -50%; gap: .125em; padding: .25em .375em; max-width: calc(100% - 1.5em);
  box-sizing: border-box; width: max-content }
.dock .play { padding: .25em; min-height: 2.75em }
.dock .play svg { width: 2.25em; height: 2.25em }
.dock .quiet { color: inherit; padding-inline: .375em }
.follow { font-size: .875em; font-weight: 600; padding: .5em 1em; min-height: 3em; border-radius: 99em; background: rgb(128 128 128 / .4); line-height: 1.15 }
.here { top: 0; left: 0; gap: .5em; height: 2.75em; padding-inline: .25em 1em; font-size: .9375em }
.here svg { width: 32px; height: 32px }
.beside { height: 32px; padding: 0; color: var(--listen-accent, inherit); background: none; box-shadow: none; opacity: .75 }
.beside:hover { opacity: 1 }
.beside span { display: none }
.mark { position: absolute; top: 0; left: 0; border-radius: 2px }
.sentence { background: var(--listen-sentence, ${SENTENCE_COLOUR}) }
.word { background: var(--listen-word, ${WORD_COLOUR}) }
@media (prefers-reduced-motion: no-preference) {
  .dock { animation: rise .2s }
  @keyframes rise { from { opacity: 0; transform: translateY(1em) } }
}
@media (forced-colors: active) { .player, .float { border: 1px solid } svg { fill: ButtonText } }
@media print { :host { display: none } }
`);

/** What keeps values in this browser; it may refuse. */
function stored(key, value) {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem(STORE + key));
    if (value === null) localStorage.removeItem(STORE + key);
    else localStorage.setItem(STORE + key, JSON.stringify(value));
  } catch {
    // a private window, or a full store: the story begins at its beginning the next time
  }
  return null;
}

/** The element of this page that sounds, or did so last. */
let speaking;

class ListenToStory extends HTMLElement {
  static observedAttributes = ["src", "duration", "lang"];
  static labels = LABELS;

  #parts = {};
  #audio = new Audio();
  #head; // what story.json says before its blocks
  #loading; // promises of {head, story}
  #reading = new AbortController(); // of this src
  #story;
  #places; // what the page has of the story
  #finding; // the promise of these
  #shown = {}; // the sentence and word that are lit, the second that is told
  #sources = [];
  #wanted = false; // to play, once it can
  #rate; // that was set here, by a script or by hand
  #begun = false;
  #closed = false; // the dock
  #following = true;
  #looked = -Infinity; // when the reader last scrolled
  #watch;
  #ends; // aborts what listens elsewhere

  constructor() {
    super();
    this.#audio.preload = "none";
    this.#build();
    this.#listen();
  }

  // -- for scripts ---------------------------------------------------------------------------------------------------

  /** Play on, from where it was last. */
  async play() {
    const before = speaking;
    speaking = this;
    if (before && before !== this) before.#yieldTurn();
    this.#wanted = true;
    if (!this.#audio.src) this.#audio.load(); // within the reader's gesture: Safari then lets it play after the fetch
    try {
      await this.#start();
      const found = this.#find(); // also where the first of several sounds is of no use
      if (this.#wanted) await this.#audio.play();
      await found;
    } catch (error) {
      if (!/^(Abort|NotS)/.test(error.name)) this.#fail(error); // NotSupportedError: the sound tells of that itself
    }
  }

  pause() {
    this.#wanted = false;
    this.#audio.pause();
  }

  /** Go to a second of the sound, or to {block, character}; resolves when it is there. */
  async seek(target) {
    await this.#start();
    await this.#load().story;
    this.#go(typeof target === "number" ? target : this.#timeOf(target));
  }

  get currentTime() {
    return this.#audio.currentTime;
  }
  get duration() {
    return this.#head?.duration ?? (Number(this.getAttribute("duration")) || undefined);
  }
  get paused() {
    return this.#audio.paused;
  }
  get playbackRate() {
    return this.#audio.playbackRate;
  }
  set playbackRate(rate) {
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = this.#rate = rate;
  }

  // -- on the page and off -------------------------------------------------------------------------------------------

  connectedCallback() {
    this.#ends = new AbortController();
    const { signal } = this.#ends;
    const on = (target, types, act) => types.split(" ").forEach((type) => target.addEventListener(type, act, { signal, passive: true }));
    on(window, "wheel touchmove keydown pointerdown", (event) => this.#looks(event));
    document.addEventListener("scroll", () => this.#scrolled(), { signal, passive: true, capture: true });
    on(window, "resize", () => this.#paint());
    on(window, "pagehide", () => this.#keep());
    on(document, "pointerover focusin", (event) => event.pointerType !== "touch" && this.#offer(event));
    on(document, "pointerup", (event) => event.pointerType === "touch" && this.#offer(event));
    this.#watch = new IntersectionObserver(([{ isIntersecting }]) => this.#seen(isIntersecting));
    this.#watch.observe(this);
    this.#name();
  }

  disconnectedCallback() {
    this.pause();
    this.#ends.abort();
    this.#watch.disconnect();
    this.#changes.disconnect();
    this.#places = this.#finding = undefined;
    if (speaking === this) paint({ sentence: [], word: [] }, this.#parts.marks);
  }

  attributeChangedCallback(name, before, now) {
    if (name === "src" && before !== null && before !== now) this.#reset();
    this.#name();
  }

  #reset() {
    this.pause();
    this.#reading.abort();
    this.#reading = new AbortController();
    this.#audio.removeAttribute("src");
    this.#head = this.#loading = this.#story = this.#places = this.#finding = undefined;
    this.#sources = [];
    this.#shown = {};
    this.#begin(false);
    this.#seen(true);
  }

  /** The article's element. */
  get #root() {
    const selector = this.getAttribute("for");
    if (selector) return document.querySelector(selector) ?? document.body;
    const around = this.closest("article") ?? this.closest("main, [role=main]");
    const follows = (element) => this.compareDocumentPosition(element) & FOLLOWING;
    return around ?? [...document.querySelectorAll("article, main, [role=main]")].find(follows) ?? document.body;
  }

  get #address() {
    return new URL(this.getAttribute("src") ?? "", document.baseURI).href;
  }

  // -- loading -------------------------------------------------------------------------------------------------------

  /** Read story.json. `know` gets what stands before its blocks as soon as it is there; when it returns true, no more
   * is read. Rejected with an AbortError when `src` changes meanwhile. */
  async #read(know) {
    const { signal } = this.#reading;
    const response = await fetch(this.#address, { signal });
    if (!response.ok) throw new Error(`${response.status} ${this.#address}`);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "", head;
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) break;
      text += value;
      head ??= headOf(text);
      if (head && know?.(head)) return void reader.cancel();
    }
    return JSON.parse(text);
  }

  /** {head, story}: promises of what story.json says first, and of the story. Fetched once. */
  #load() {
    if (this.#loading) return this.#loading;
    const { signal } = this.#reading;
    let known;
    const know = (head) => {
      this.#know(head);
      if (head.sound) known();
    };
    const story = this.#read(know).then(async (json) => {
      know(json);
      const story = await inSlices(storyOf(json));
      signal.throwIfAborted();
      const beginning = ({ block }) => json.blocks[block].text.split(" ", 12).join(" ").slice(0, 99);
      this.#parts.from.replaceChildren(...story.paragraphs.map((paragraph) => new Option(beginning(paragraph))));
      return (this.#story = story);
    });
    const head = new Promise((resolve, reject) => {
      known = resolve;
      story.then(resolve, reject); // where it names no sound, too
      if (this.#head?.sound) resolve();
    });
    for (const failed of [head, story]) failed.catch(() => signal.aborted || (this.#loading = this.#finding = undefined)); // try again on use
    this.#loading = { head, story };
    return this.#loading;
  }

  #know({ blocks, ...head }) {
    this.#head = head;
    this.#name();
  }

  /** Have the sound at the place that is kept, or at the beginning; after an error where it was. */
  async #start() {
    const { head, story } = this.#load(), audio = this.#audio;
    const there = () => audio.src && !audio.error;
    await head;
    if (there()) return;
    const kept = stored(this.#address);
    if (kept && kept.duration !== this.duration) await story; // another voice or speed: the seconds are others
    if (there()) return;
    const { error, currentTime } = audio;
    this.#sources = (this.#head.sound ?? []).filter(({ type }) => audio.canPlayType(type));
    this.#nextSource();
    if (error) return void (audio.currentTime = currentTime);
    audio.defaultPlaybackRate = audio.playbackRate = this.#rate ?? stored("speed") ?? 1;
    if (kept) audio.currentTime = kept.duration === this.duration ? kept.seconds : this.#timeOf(kept);
    this.#begin(true);
  }

  #nextSource() {
    const source = this.#sources.shift();
    if (!source) throw new Error(this.#say("failed"));
    this.#audio.src = new URL(source.src, this.#address);
  }

  /** Find the story's text on the page, once, and show what sounds. */
  #find() {
    this.#finding ??= (async () => {
      const story = await this.#load().story;
      const places = await findOn(this.#root, story);
      if (!this.isConnected || story !== this.#story) return;
      this.#places = places;
      this.#found = performance.now();
      this.#changes.disconnect();
      this.#changes.observe(places.page.root, { childList: true, characterData: true, subtree: true });
      this.#emit("ready", { found: places.found });
      dress(this);
      this.#show(true);
    })();
    this.#finding.catch(() => {}); // who needs the story tells of it
    return this.#finding;
  }

  /** The page changed: look again when text that was found is gone, or text that was missing may have come. */
  #changes = new MutationObserver((records) => {
    const texts = records.some(({ addedNodes }) => [...addedNodes].some((node) => node.textContent.trim().length > 20));
    if (!this.#finding || (this.#places?.holds && !(texts && this.#places.found < 0.98))) return;
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#findAgain(), 500);
  });
  #later;
  #found;

  #findAgain() {
    this.#finding = undefined;
    this.#find().catch(() => {}); // the story was there before: at most the element is gone
  }

  // -- playing -------------------------------------------------------------------------------------------------------

  #yieldTurn() {
    this.pause();
    paint({ sentence: [], word: [] }, this.#parts.marks);
    this.#shown = {};
    this.#dock();
  }

  #begin(begun) {
    this.#begun = begun;
    this.#parts.player.classList.toggle("begun", begun);
    this.#parts.player.part.toggle("begun", begun);
    this.#parts.controls.hidden = !begun;
    this.#parts.words.hidden = begun;
    this.#name();
    this.#dock();
  }

  #go(seconds) {
    this.#audio.currentTime = Math.max(0, Math.min(seconds, this.duration));
    this.#following = true;
    this.#looked = -Infinity;
    this.#find();
    this.#show(true);
    this.#emit("seek");
  }

  /** When a place of the text is said. */
  #timeOf({ block, character = 0 }) {
    const { sentences } = this.#story;
    const after = sentences.find((entry) => entry.block > block || (entry.block === block && entry.end > character));
    const word = after?.block === block && after.words.find(({ end }) => end > character);
    return (word || after || sentences.at(-1))?.first ?? 0;
  }

  /** The index in a list of sentences of the one that sounds. */
  #at(list) {
    return Math.max(0, lastAt(this.#story[list], this.#audio.currentTime + 0.001, first));
  }

  /** To the next of a list of sentences (1), or to the beginning of this one or the one before (-1). */
  #skip(list, count) {
    if (!this.#story) return;
    let n = this.#at(list);
    if (count < 0 && this.#audio.currentTime - this.#story[list][n].first > RESTART) n += 1;
    const entry = this.#story[list][Math.max(0, n + count)];
    if (entry) this.#go(entry.first);
  }

  /** In the list of paragraphs, for the keyboard, choose the one that sounds: the arrows then lead on from there. Not
   * while it has the focus, where a screen reader would tell of it. */
  #choose() {
    if (this.#story) this.#parts.from.selectedIndex = this.#at("paragraphs");
  }

  #keep() {
    const { sentence, word } = this.#shown;
    if (!sentence || !this.#begun || this.#audio.ended) return;
    const { block, start: character } = word ?? sentence;
    stored(this.#address, { block, character, seconds: this.#audio.currentTime, duration: this.duration });
  }

  #ended() {
    stored(this.#address, null);
    paint({ sentence: [], word: [] }, this.#parts.marks);
    this.#shown = {};
    this.#audio.currentTime = 0;
    this.#begin(false);
    this.#emit("ended");
  }

  #fail({ message }) {
    this.pause(); // which the browser's element does not do by itself
    this.#parts.error.textContent = this.#say("failed");
    this.#emit("error", { message });
  }

  #emit(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(`listen-${name}`, { detail, bubbles: true, composed: true }));
  }

  // -- showing -------------------------------------------------------------------------------------------------------

  /** Light what sounds, and tell where it is. Called often; does nothing where nothing changed. */
  #show(again = false) {
    if (speaking && speaking !== this) return;
    const time = this.#audio.currentTime;
    this.#tell(time);
    if (!this.#story || !this.#begun) return;
    const { sentences } = this.#story;
    const sentence = sentences[Math.max(0, lastAt(sentences, time, first))];
    const word = sentence?.words[lastAt(sentence.words, time, first)];
    const before = this.#shown;
    if (!again && sentence === before.sentence && word === before.word) return;
    this.#shown = { ...before, sentence, word };
    if (!this.#parts.from.matches(":focus")) this.#choose();
    this.#paint();
    const left = performance.now() - this.#looked > LOOK; // the reader scrolls no more
    if (this.#following && left && (again || !this.#audio.paused)) this.#reveal();
    if (!word || word === before.word) return;
    const text = this.#story.blocks[word.block].text.slice(word.start, word.end);
    this.#emit("word", { ...word, text });
  }

  #paint() {
    const { sentence, word } = this.#shown;
    if (!this.#places || !sentence) return;
    const marks = { sentence: this.#places.ranges(sentence), word: word ? this.#places.ranges(word) : [] };
    this.#shown.ranges = marks.word.length ? marks.word : marks.sentence;
    const shows = marks.sentence[0]?.startContainer.isConnected; // else it may have been unfolded, or put in anew
    if (!shows && performance.now() - this.#found > 3000) this.#findAgain();
    paint(marks, this.#parts.marks);
    if (!painted) this.#float();
  }

  #tell(time) {
    const second = Math.floor(time);
    if (second === this.#shown.second) return;
    this.#shown.second = second;
    const { bar, dock, time: told, docked } = this.#parts;
    const duration = this.duration ?? 0;
    bar.max = Math.max(1, Math.floor(duration));
    bar.value = second;
    const share = Math.min(1, second / bar.max);
    bar.style.setProperty("--share", `calc(7px + ${share} * (100% - 14px))`); // the thumb's middle never reaches the ends
    dock.style.setProperty("--share", `${share * 100}%`);
    bar.ariaValueText = inWords(second, this.#language, "long");
    told.firstChild.textContent = docked.firstChild.textContent = inFigures(second);
    told.lastChild.textContent = docked.lastChild.textContent = ` / ${inFigures(duration)}`;
    if (second % 5 === 0) this.#keep();
  }

  /** Whether what sounds is in the reader's sight, and where. */
  #sight() {
    const box = this.#shown.ranges?.[0]?.getBoundingClientRect();
    if (!box) return undefined;
    const view = viewOf(this.#shown.ranges[0].startContainer);
    const seen = box.bottom > view.top && box.top < view.top + view.height;
    const well = box.top > view.top + view.height * 0.12 && box.bottom < view.top + view.height * 0.75;
    return { box, view, seen, well };
  }

  #reveal() {
    this.#looked = -Infinity;
    const sight = this.#sight();
    if (!sight || sight.well) return;
    const { scroller, top, height } = sight.view;
    scroller.scrollBy({ top: sight.box.top - top - height * 0.3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  }

  /** Note that the reader scrolls: by wheel, finger, key or scroll bar, which alone lies outside the body. */
  #looks({ type, target, key, defaultPrevented }) {
    if (type === "pointerdown" && target !== document.documentElement) return;
    if (type === "keydown" && (defaultPrevented || target === this || !/^(Page|Arrow|Home|End| $)/.test(key))) return;
    this.#looked = performance.now();
  }

  #scrolled() {
    const { here } = this.#parts;
    if (here.classList.contains("beside")) this.#place();
    else here.hidden = true;
    if (!painted) this.#paint();
    if (!this.#begun || performance.now() - this.#looked > 1000) return;
    this.#following = this.#sight()?.seen ?? true;
    this.#dock();
  }

  #float() {
    const { layer } = this.#parts;
    if (layer.showPopover && !layer.matches(":popover-open")) layer.showPopover();
  }

  /** The floating player is there while the element is out of sight, or the reader looks elsewhere. */
  #dock() {
    const { dock, follow } = this.#parts;
    follow.hidden = this.#following;
    dock.hidden = !this.#begun || this.#closed || speaking !== this || (this.#visible && this.#following);
    if (!dock.hidden) this.#float();
  }

  #visible = true;
  #seen(visible) {
    this.#visible = visible;
    this.#dock();
    if (!visible || this.duration || this.#loading || navigator.connection?.saveData) return;
    (globalThis.requestIdleCallback ?? setTimeout)(() => {
      if (!this.#loading) this.#read((head) => (this.#know(head), true)).catch(() => {}); // tried again on use
    });
  }

  // -- from a paragraph ----------------------------------------------------------------------------------------------

  /** Offer to play from the paragraph that a pointer or the focus is in. */
  #offer(event) {
    const { here } = this.#parts, { target } = event, tapped = event.type === "pointerup";
    if (here.contains(event.composedPath()[0]) || !(target instanceof Element)) return;
    if (tapped && !getSelection().isCollapsed) return;
    const element = target.closest(tapped ? "a, button, input, select" : "button, input, select") ? null : this.#paragraphOf(target);
    here.hidden = !element;
    if (!element) return;
    this.#paragraph = element;
    this.#float();
    this.#place(tapped && event);
  }

  /** Put the button beside the paragraph, or where there is no room above it, or above a finger. */
  #place(tap) {
    const { here } = this.#parts, element = this.#paragraph;
    const { direction, lineHeight } = getComputedStyle(element), size = 32, gap = 10;
    const box = element.getBoundingClientRect(), edge = (element.closest("ul, ol") ?? element).getBoundingClientRect();
    const x = direction === "rtl" ? edge.right + gap : edge.left - size - gap;
    const beside = !tap && x >= 0 && x + size <= innerWidth;
    here.classList.toggle("beside", beside);
    if (beside) return moveTo(here, x, Math.max(2, box.top + ((parseFloat(lineHeight) || size) - size) / 2));
    const [left, top] = tap ? [tap.clientX - here.offsetWidth / 2, tap.clientY - 16] : [box.left, box.top];
    moveTo(here, Math.max(8, Math.min(left, innerWidth - here.offsetWidth - 8)), Math.max(2, top - here.offsetHeight - 4));
  }

  #paragraph;
  #paragraphOf(target) {
    if (this.#places) {
      while (target && !this.#places.blocks.has(target)) target = target.parentElement;
      return target;
    }
    const element = target.closest("p, li, blockquote, h1, h2, h3, h4");
    return element && !element.closest("nav, aside, footer, form, [role]:not(main, article)") && this.#root.contains(element) && this.#nearest(element) ? element : null;
  }

  /** Whether this is the last player above an element, so that of several only one offers to play from there. */
  #nearest(element) {
    const above = (player) => player.compareDocumentPosition(element) & FOLLOWING;
    return [...document.querySelectorAll(this.localName)].filter(above).at(-1) === this;
  }

  async #playHere() {
    this.#parts.here.hidden = true;
    const element = this.#paragraph;
    const playing = this.play();
    await this.#find();
    const { blocks } = this.#places;
    const follows = (other) => element.compareDocumentPosition(other) & FOLLOWING;
    const block = blocks.get(element) ?? [...blocks].find(([other]) => follows(other))?.[1] ?? 0;
    await this.seek({ block });
    await playing;
  }

  // -- parts, words, hands -------------------------------------------------------------------------------------------

  #build() {
    const button = (part, classes, ...children) => make("button", { type: "button", part, class: classes }, ...children);
    const p = this.#parts;
    p.label = make("span", { part: "label", class: "label" });
    p.quiet = make("span", { part: "duration", class: "quiet" });
    p.text = make("span");
    const slot = make("slot");
    slot.addEventListener("slotchange", () => (p.text.hidden = slot.assignedNodes().some((node) => node.textContent.trim())));
    p.label.append(p.text, slot); // not within the slot, where a mere space would replace it
    p.words = make("span", { class: "words" }, p.label, p.quiet);
    p.play = button("play", "play", icon(PLAY), p.words);
    p.bar = make("input", { type: "range", part: "bar", class: "bar", value: 0 });
    const time = () => make("span", { part: "time", class: "quiet" }, make("span"), make("span", { class: "total" }));
    p.time = time();
    p.back = button("back", "small back", icon(BACK));
    p.speed = make("select", { part: "speed", class: "small speed" }, ...SPEEDS.map((speed) => new Option(`${speed}×`, speed)));
    p.speed.value = 1;
    p.from = make("select", { part: "from", class: "small speed from" });
    p.controls = make("div", { class: "controls", hidden: "" }, p.bar, p.time, p.back, p.from, p.speed);
    p.error = make("span", { class: "error", role: "status" });
    p.player = make("div", { part: "player", class: "player", role: "group" }, p.play, p.controls, p.error, make("slot", { name: "end" }));
    p.dockPlay = button("play", "play", icon(PLAY));
    p.docked = time();
    p.dockBack = button("back", "small back", icon(BACK));
    p.follow = button("follow", "follow");
    p.close = button("close", "small", icon(CLOSE));
    p.dock = make("div", { part: "dock", class: "float dock", role: "group", hidden: "" }, p.dockPlay, p.docked, p.dockBack, p.follow, p.close);
    p.hereText = make("span");
    p.here = button("here", "float here", icon(PLAY), p.hereText);
    p.here.hidden = true;
    p.marks = make("div");
    p.layer = make("div", { class: "layer", popover: "manual" }, p.marks, p.here, p.dock);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(p.player, p.layer);
  }

  #listen() {
    const p = this.#parts, audio = this.#audio;
    const toggle = () => (this.paused ? this.play() : this.pause());
    const skip = (seconds) => this.#go(audio.currentTime + seconds);
    const back = () => skip(-STEP);
    const actions = {
      play: toggle, dockPlay: toggle, here: () => this.#playHere().catch(() => {}), back, dockBack: back,
      follow: () => { this.#following = true; this.#reveal(); this.#dock(); },
      close: () => { this.pause(); this.#closed = true; this.#dock(); },
    };
    for (const [name, act] of Object.entries(actions)) p[name].addEventListener("click", act);
    for (const type of ["pointerenter", "focus"]) p.play.addEventListener(type, () => this.#load().story.catch(() => {}));
    p.bar.addEventListener("input", () => this.#go(Number(p.bar.value)));
    p.from.addEventListener("keydown", () => this.#choose());
    p.from.addEventListener("change", () => {
      const paragraph = this.#story?.paragraphs[p.from.selectedIndex];
      if (paragraph) this.#go(paragraph.first);
      this.play();
    });
    p.speed.addEventListener("change", () => stored("speed", (this.playbackRate = Number(p.speed.value))));
    const keys = {
      ArrowLeft: () => this.#skip("sentences", -1), ArrowRight: () => this.#skip("sentences", 1),
      ArrowUp: () => this.#skip("paragraphs", -1), ArrowDown: () => this.#skip("paragraphs", 1),
      ",": back, ".": () => skip(STEP),
    };
    this.shadowRoot.addEventListener("keydown", (event) => {
      const key = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
      if (!key || !this.#begun || !event.target.closest("button")) return;
      event.preventDefault();
      key();
    });
    const frame = () => {
      this.#show();
      if (!audio.paused && this.isConnected) requestAnimationFrame(frame);
    };
    const changed = {
      play: () => { this.#closed = false; this.#parts.error.textContent = ""; this.#begin(true); this.#lockScreen(); this.#emit("play"); frame(); },
      pause: () => { this.#keep(); this.#name(); if (!audio.ended) this.#emit("pause"); },
      ended: () => this.#ended(),
      ratechange: () => (p.speed.value = audio.playbackRate),
      timeupdate: () => this.#show(),
      error: () => this.#otherSource(),
    };
    for (const [type, act] of Object.entries(changed)) audio.addEventListener(type, act);
  }

  /** After an error: try the next sound when this one is no use. (Without a loudspeaker, Firefox tells of one and plays.) */
  #otherSource() {
    const { readyState, error, currentTime } = this.#audio;
    if (!this.#audio.getAttribute("src") || (readyState > 0 && error?.code !== MEDIA_ERR_NETWORK)) return;
    try {
      this.#nextSource();
      this.#audio.currentTime = currentTime;
      if (this.#wanted) this.#audio.play().catch(() => {}); // its failure comes here, too
    } catch (problem) {
      this.#fail(problem);
    }
  }

  #lockScreen() {
    const session = navigator.mediaSession;
    if (!session) return;
    session.metadata = new MediaMetadata({ title: this.#head.title, artist: this.#head.byline });
    const handlers = {
      play: () => this.play(), pause: () => this.pause(),
      seekbackward: ({ seekOffset }) => this.#go(this.currentTime - (seekOffset || STEP)), seekforward: ({ seekOffset }) => this.#go(this.currentTime + (seekOffset || STEP)),
      seekto: ({ seekTime }) => this.#go(seekTime),
      previoustrack: () => this.#skip("paragraphs", -1), nexttrack: () => this.#skip("paragraphs", 1),
    };
    for (const [name, handler] of Object.entries(handlers)) {
      try {
        session.setActionHandler(name, handler);
      } catch {
        // an action that this browser does not know: it has no button for it either
      }
    }
  }

  get #language() {
    return this.lang || this.#head?.language || this.closest("[lang]")?.lang || "en";
  }

  #say(name) {
    return LABELS[this.#language.split("-")[0].toLowerCase()]?.[name] ?? LABELS.en[name];
  }

  /** Name everything, in the story's language and as things stand. */
  #name() {
    const p = this.#parts;
    const kept = this.#begun ? null : stored(this.#address);
    const seconds = kept ? kept.duration - kept.seconds : this.duration;
    p.text.textContent = this.#say(kept ? "resume" : "listen");
    p.quiet.textContent = seconds ? inWords(seconds, this.#language, "short") : "";
    p.player.part.toggle("playing", !this.paused);
    for (const part of [p.play, p.dockPlay]) {
      part.ariaLabel = this.#say(this.paused ? "play" : "pause");
      part.querySelector("path").setAttribute("d", this.paused ? PLAY : PAUSE);
    }
    if (!this.#begun) p.play.ariaLabel = null; // its name is what it shows
    p.player.ariaLabel = p.dock.ariaLabel = this.#say("listen");
    for (const part of [p.back, p.dockBack]) part.ariaLabel = this.#say("back");
    p.bar.ariaLabel = this.#say("place");
    p.speed.ariaLabel = this.#say("speed");
    p.close.ariaLabel = this.#say("close");
    p.from.ariaLabel = p.here.ariaLabel = p.hereText.textContent = this.#say("here");
    p.follow.textContent = this.#say("follow");
  }
}

if (!customElements.get("listen-to-story")) customElements.define("listen-to-story", ListenToStory);
