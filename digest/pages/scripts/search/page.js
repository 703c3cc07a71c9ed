// The search page. The state is the address: what is typed or chosen goes there, and what is there is shown.
// Texts become text nodes, never markup. The index is loaded when there is something to search for.

const ROOT = new URL("../", document.baseURI);
const FACETS = { topic: "Topic", type: "Type of research", year: "Year" };
const IN_ALL = "qzxentry"; // the word that stands in every entry: without one, Pagefind loads its whole index
const HITS = 10;
const TYPING = 90; // milliseconds without a key before a search begins

const page = Object.fromEntries(
  ["without-script", "form", "q", "facets", "results", "count", "above", "sorting", "sort", "hits", "more", "browse"].map(
    (name) => [name, document.getElementById(`_${name}`)],
  ),
);
const lists = {}; // of each facet: its <details>, and the boxes by value
let vocabulary; // promise of vocabulary.json
let engine; // promise of Pagefind
let run = 0; // number of the newest search: an older one that ends later is dropped
let shown = { results: [], number: 0 };
let typed = false; // whether the newest step in the history is one of typing

// State and address ---------------------------------------------------------------------------------------------------

function readState() {
  const given = new URLSearchParams(location.search);
  const state = { q: (given.get("q") || "").trim(), sort: given.get("sort") === "date" ? "date" : "" };
  for (const facet of Object.keys(FACETS)) state[facet] = [...new Set(given.getAll(facet).filter(Boolean))];
  return state;
}

function formState() {
  const state = { q: page.q.value.trim(), sort: page.sort.value };
  const before = readState();
  for (const facet of Object.keys(FACETS)) {
    const boxes = lists[facet]?.boxes;
    state[facet] = boxes ? [...boxes.values()].filter((box) => box.checked).map((box) => box.value) : before[facet];
  }
  return state;
}

function address(state) {
  const query = new URLSearchParams();
  if (state.q) query.set("q", state.q);
  for (const facet of Object.keys(FACETS)) for (const value of state[facet]) query.append(facet, value);
  if (state.sort) query.set("sort", state.sort);
  return query.size ? `?${query}` : location.pathname;
}

const isEmpty = (state) => !state.q && !Object.keys(FACETS).some((facet) => state[facet].length);

function go(state, typing = false) {
  const target = address(state);
  if (target !== (location.search || location.pathname)) {
    history[typing && typed ? "replaceState" : "pushState"](null, "", target);
    typed = typing;
  }
  show(state);
}

const fetchJson = async (name) => {
  const answer = await fetch(new URL(`search/${name}`, ROOT));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
};

// Pagefind ------------------------------------------------------------------------------------------------------------

function openEngine() {
  vocabulary ??= fetchJson("vocabulary.json");
  engine ??= openBundles(ROOT, vocabulary);
  return engine;
}

const newestFirst = (one, other) => dayOf(other).localeCompare(dayOf(one));

// The results, and for each facet the counts that its own choice does not narrow.
async function search(instance, known, state) {
  const all = await (state.q ? searchAll(instance, known.bundles, state.q) : instance.search(IN_ALL).then((found) => found.results));
  const readFacts = factReader(known);
  const counts = Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, {}]));
  const results = all.filter((result) => {
    const facts = readFacts(result);
    const against = Object.keys(FACETS).filter(
      (facet) => state[facet].length && !facts[facet].some((value) => state[facet].includes(value)),
    );
    for (const facet of Object.keys(FACETS)) {
      if (against.some((other) => other !== facet)) continue;
      for (const value of facts[facet]) counts[facet][value] = (counts[facet][value] || 0) + 1;
    }
    return !against.length;
  });
  if (state.sort || !state.q) results.sort(newestFirst);
  return { results, counts };
}

// What is shown -------------------------------------------------------------------------------------------------------

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const link = (path, text) => element("a", { href: new URL(path.replace(/^\//, ""), ROOT).href }, text);
const say = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const summaries = (number) => say(number, "summary", "summaries");

const marked = (parts) => parts.map(([text, found]) => (found ? element("mark", {}, text) : text));

function sayMonth(month) {
  const [year, number] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1, 1)).toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });
}

function hit(data, searched) {
  const { title, takeaway, edition, types, standing } = data.meta;
  const heading = link(data.raw_url || data.url, "");
  heading.append(...(searched ? marked(markedTitle(data)) : [title]));
  const facts = element("p", { className: "facts" }, [sayMonth(edition), types].filter(Boolean).join(" · "));
  if (standing) facts.append(" ", element("strong", { className: "label" }, standing));
  return element(
    "li",
    { className: "card" },
    element("h2", { className: "card-title" }, heading),
    element("p", {}, ...(searched ? marked(excerpt(data)) : [takeaway || ""])),
    facts,
  );
}

const loadHits = (results, from) => Promise.all(results.slice(from, from + HITS).map((result) => result.data()));

function addHits(data, searched) {
  const items = data.map((each) => hit(each, searched));
  page.hits.append(...items);
  shown.number += items.length;
  page.more.hidden = shown.results.length <= shown.number;
  return items;
}

async function showMore() {
  const mine = run;
  const data = await loadHits(shown.results, shown.number);
  if (mine === run) addHits(data, Boolean(readState().q))[0]?.querySelector("a").focus();
}

function termLine({ term, name }) {
  const also = name && fold(term.label) !== name ? ` (also called “${name}”)` : "";
  return element("li", {}, link(term.address, term.label), also, element("span", { className: "facts" }, ` ${summaries(term.number)}`));
}

function showTerms(label, terms) {
  if (!terms.length) return [];
  const list = element("ul", {}, ...terms.map(termLine));
  return [element("nav", { className: "search-terms", ariaLabel: label }, element("p", {}, label), list)];
}

function makeFacets(known) {
  if (lists.topic) return;
  const used = (terms) => terms.filter((term) => term.number).map((term) => [term.id, term.label]);
  const values = { topic: used(known.topics), type: used(known.types), year: known.years.map((year) => [year, year]) };
  for (const [facet, name] of Object.entries(FACETS)) {
    const boxes = new Map();
    const items = values[facet].map(([value, label]) => {
      const box = element("input", { type: "checkbox", name: facet, value });
      boxes.set(value, box);
      return element("li", {}, element("label", {}, box, element("span", {}, label), element("span", { className: "facts" })));
    });
    const details = element("details", { open: matchMedia("(min-width: 44rem)").matches }, element("summary", {}, name));
    details.append(element("ul", {}, ...items));
    lists[facet] = { details, boxes };
    page.facets.append(details);
  }
  page.facets.append(element("button", { type: "button", id: "_clear", className: "search-clear" }, "Show all topics, types and years"));
}

function showFacets(state, counts) {
  let chosen = 0;
  for (const [facet, { details, boxes }] of Object.entries(lists)) {
    for (const [value, box] of boxes) {
      const number = counts[facet]?.[value] || 0;
      box.checked = state[facet].includes(value);
      box.closest("li").hidden = !number && !box.checked;
      box.parentElement.lastChild.textContent = ` ${number.toLocaleString("en")}`;
      if (box.checked) details.open = true;
    }
    chosen += state[facet].length;
    const suffix = state[facet].length ? ` (${state[facet].length} chosen)` : "";
    details.firstChild.textContent = FACETS[facet] + suffix;
  }
  document.getElementById("_clear").hidden = !chosen;
  page.facets.hidden = !chosen && !Object.keys(counts.year || {}).length;
}

// What stands above the hits: other spellings of words that are not known, and terms of the vocabulary.
async function above(state, known, { missed, doubtful }) {
  if (!state.q) return [];
  const spellings = missed || doubtful ? findSpellings(await fetchJson("words.json"), state.q) : [];
  const links = spellings.flatMap((text, index) => [
    ...(index ? [", "] : []),
    element("a", { href: address({ ...state, q: text }) }, text),
  ]);
  const named = findTerms(known, state.q);
  return [
    ...(links.length ? [element("p", { className: "search-spelling" }, "Did you mean ", ...links, "?")] : []),
    ...(missed && !named.length
      ? showTerms("Near topics and types of research", findNearTerms(known, state.q))
      : showTerms("Topics and types of research", named)),
  ];
}

function showEmpty() {
  page.results.hidden = true;
  page.facets.hidden = true;
  page.browse.hidden = false;
  page.count.textContent = "";
}

// What did not load is asked for again.
const forgetEngine = () => ([engine, vocabulary] = []);

function showFailure() {
  forgetEngine();
  page.results.hidden = false;
  page.browse.hidden = false;
  page.sorting.hidden = true;
  page.more.hidden = true;
  page.hits.replaceChildren();
  page.above.replaceChildren();
  page.count.textContent = "The search did not load. The lists below lead to every summary.";
}

async function show(state) {
  run += 1;
  const mine = run;
  if (page.q.value.trim() !== state.q) page.q.value = state.q;
  page.sort.value = state.sort;
  if (isEmpty(state)) {
    showEmpty();
    return;
  }
  try {
    const instance = await openEngine();
    const known = await vocabulary;
    const found = await search(instance, known, state);
    let data = await loadHits(found.results, 0);
    const verdict = state.q ? judge(state.q, data) : {};
    if (verdict.missed) [found.results, found.counts, data] = [[], {}, []];
    const before = await above(state, known, verdict);
    if (mine !== run) return;
    makeFacets(known);
    showFacets(state, found.counts);
    showResults(state, found.results, data, before);
  } catch (error) {
    if (mine === run) showFailure();
    else forgetEngine();
    throw error;
  }
}

function showResults(state, results, data, before) {
  shown = { results, number: 0 };
  page.count.textContent = `${results.length ? summaries(results.length) : "No summary"}${state.q ? ` for “${state.q}”` : ""}`;
  page.sorting.hidden = !results.length || !state.q;
  page.browse.hidden = results.length > 0;
  page.results.hidden = false;
  page.above.replaceChildren(...before);
  page.hits.replaceChildren();
  addHits(data, Boolean(state.q));
}

// What a person does --------------------------------------------------------------------------------------------------

let timer;
page.q.addEventListener("focus", () => openEngine().catch(forgetEngine), { once: true });
page.q.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => go(formState(), true), TYPING);
});
page.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  typed = false;
  go(formState());
});
page.facets.addEventListener("change", () => go(formState()));
page.facets.addEventListener("click", (event) => {
  if (event.target.id !== "_clear") return;
  go({ ...formState(), topic: [], type: [], year: [] });
  page.q.focus();
});
page.sort.addEventListener("change", () => go(formState()));
page.more.addEventListener("click", showMore);
page.above.addEventListener("click", (event) => {
  const query = event.target.closest?.(".search-spelling a")?.getAttribute("href");
  if (!query || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  history.pushState(null, "", query);
  typed = false;
  show(readState());
  page.q.focus();
});
addEventListener("popstate", () => {
  clearTimeout(timer);
  typed = false;
  show(readState());
});

page["without-script"].hidden = true;
page.form.hidden = false;
show(readState());
