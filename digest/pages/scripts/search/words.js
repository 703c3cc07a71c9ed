// Words of a query, of the vocabulary and of a hit: compared without accents, capitals and the `s` of plurals.

const MOST_TERMS = 3;
const MOST_SPELLINGS = 3;
const EXCERPT = 30; // words

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
const singular = (word) => (word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word);
const phrase = (text) => ` ${wordsOf(text).map(singular).join(" ")} `;

// How many letters to change, add, leave out or exchange; more than `most` is not counted exactly.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    before = row;
    row = next;
  }
  return row[other.length];
}

const tolerance = (word) => (word.length < 4 ? 0 : word.length < 7 ? 1 : 2);

// The terms of the vocabulary that a query names: a whole name first, then a name within it, then it within a name.
function findTerms(vocabulary, query) {
  const asked = phrase(query);
  if (asked.trim().length < 3) return [];
  const tests = [(name) => name === asked, (name) => asked.includes(name), (name) => name.includes(asked)];
  const found = [];
  for (const term of [...vocabulary.topics, ...vocabulary.types]) {
    const names = term.names.map(phrase).filter((name) => name.trim());
    const rank = tests.findIndex((test) => names.some(test));
    if (rank !== -1) found.push({ term, rank, name: term.names.find((name) => phrase(name).includes(asked)) });
  }
  return found.sort((one, other) => one.rank - other.rank).slice(0, MOST_TERMS);
}

// Terms with a word that is nearly one of the query's: offered when nothing was found.
function findNearTerms(vocabulary, query) {
  const asked = wordsOf(query).filter((word) => word.length > 3);
  const near = (word, other) => (word.startsWith(other) || other.startsWith(word) ? 0.5 : distance(word, other, 2));
  const score = (name) => {
    const words = wordsOf(name).filter((word) => word.length > 3);
    return Math.min(3, ...words.flatMap((word) => asked.map((other) => near(word, other))));
  };
  return [...vocabulary.topics, ...vocabulary.types]
    .map((term) => ({ term, score: Math.min(3, ...term.names.map(score)) }))
    .filter((each) => each.score <= 2)
    .sort((one, other) => one.score - other.score)
    .slice(0, MOST_TERMS);
}

// The query with its unknown words replaced by near ones, the nearest and most frequent first.
function findSpellings(counted, query) {
  const words = counted.map(([word, number]) => ({ word, number, folded: fold(word) }));
  const known = new Set(words.map((each) => each.folded));
  const asked = wordsOf(query);
  const found = new Set();
  for (const wrong of asked.filter((word) => !known.has(word) && !known.has(singular(word)))) {
    const most = tolerance(wrong);
    const near = words.map((each) => ({ ...each, distance: distance(wrong, each.folded, most) }));
    near.sort((one, other) => one.distance - other.distance || other.number - one.number);
    for (const each of near.filter((one) => one.distance <= most).slice(0, MOST_SPELLINGS)) {
      found.add(asked.map((word) => (word === wrong ? each.word : word)).join(" "));
    }
  }
  return [...found].slice(0, MOST_SPELLINGS);
}

// The words of a hit as Pagefind counts them, and the places of those that it found.
function readHit(data) {
  const text = data.raw_content.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const joined = text.includes("\u200b");
  const words = text.split(joined ? "\u200b" : /\s+/).slice(1); // the first is the word that all entries have
  return { words, places: new Set(data.locations.map((place) => place - 1)), joiner: joined ? "" : " " };
}

function sharedLetters(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

const markedWords = ({ words, places }) => [...places].flatMap((place) => wordsOf(words[place] || ""));

// With how many letters of a word the word begins that was found in a hit.
function sharedBeginning(word, data) {
  const found = markedWords(readHit(data));
  return Math.max(0, ...wordsOf(word).flatMap((one) => found.map((other) => sharedLetters(one, other))));
}

// Where a word is unknown, Pagefind shows what begins with fewer and fewer of its letters. Which words of a query have
// no part in these hits, and which do only by their beginning?
function judge(query, hits) {
  const there = new Set();
  const said = new Set();
  for (const data of hits) {
    for (const word of markedWords(readHit(data))) there.add(word);
    for (const value of Object.values(data.meta)) for (const word of wordsOf(value)) said.add(word);
  }
  const near = (word, other) => Math.abs(word.length - other.length) < 4 && (word.startsWith(other) || other.startsWith(word));
  const best = wordsOf(query).map((word) => ({
    length: word.length,
    shared: [...said].some((other) => near(word, other))
      ? word.length
      : Math.max(0, ...[...there].map((other) => sharedLetters(word, other))),
  }));
  return {
    missed: best.some(({ length, shared }) => shared < Math.min(length, Math.max(4, Math.ceil(length / 2)))),
    doubtful: best.some(({ length, shared }) => length > 4 && shared < length - 2),
  };
}

// So many words around the places that were found, title aside; [text, is found] in turns.
function excerpt(data) {
  const { words, places, joiner } = readHit(data);
  const first = Math.min(data.meta.title.split(/\s+/).length, words.length);
  const within = [...places].filter((place) => place >= first).sort((one, other) => one - other);
  let start = first;
  let most = 0;
  for (const place of within) {
    const number = within.filter((other) => other >= place && other < place + EXCERPT).length;
    if (number > most) [most, start] = [number, Math.max(first, place - Math.floor((EXCERPT / 2) / number))];
  }
  start = Math.max(first, Math.min(start, words.length - EXCERPT));
  const parts = mark(words.slice(start, start + EXCERPT), start, places, joiner);
  if (start > first) parts.unshift(["… ", false]);
  if (start + EXCERPT < words.length) parts.push([" …", false]);
  return parts;
}

// A title with the words that were found in it.
function markedTitle(data) {
  const { words, places, joiner } = readHit(data);
  const title = data.meta.title.split(/\s+/);
  const same = title.every((word, index) => words[index]?.startsWith(word));
  return same && joiner ? mark(title, 0, places, joiner) : [[data.meta.title, false]];
}

function mark(words, start, places, joiner) {
  return words.flatMap((word, index) => {
    const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word);
    const parts = places.has(start + index) ? [[before, false], [core, true], [after, false]] : [[word, false]];
    return [[index ? joiner : "", false], ...parts].filter(([text]) => text);
  });
}
