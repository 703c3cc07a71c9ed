// The index in bundles of years, each of which Pagefind searches by itself. Here they count as one: facts of a result are
// read from its name, a word is as rare as it is in all of them, and where one lacks a word that others know, it is silent.

// The newest bundle is Pagefind's own; the others are merged into it. A search for nothing waits until Pagefind is ready,
// and fails where its files are not there: merging would wait for ever.
async function openBundles(root, vocabulary) {
  const instance = createInstance({ basePath: new URL("pagefind/", root).href, noWorker: true });
  const [{ bundles }] = await Promise.all([vocabulary, instance.search("")]);
  const settled = bundles.slice(0, -1);
  await Promise.all(settled.map(([year]) => instance.mergeIndex(new URL(`pagefind/${year}/`, root).href)));
  return instance;
}

const CODES = 11; // where they begin in the name of a result

const dayOf = (result) => result.id.slice(0, 8);

// `20230101c0d3kZ` has the codes `3`, `k` and `Z`; all codes of a vocabulary are equally long.
function factReader({ topics, types }) {
  const facets = new Map([...topics.map((term) => [term.code, ["topic", term.id]]), ...types.map((term) => [term.code, ["type", term.id]])]);
  const length = [...facets.keys()][0]?.length || 1;
  return ({ id }) => {
    const facts = { topic: [], type: [], year: [id.slice(0, 4)] };
    for (let at = CODES; at < id.length; at += length) {
      const [facet, value] = facets.get(id.slice(at, at + length)) || ["topic", ""];
      facts[facet].push(value);
    }
    return facts;
  };
}

// How much a word tells that stands in so many of all entries: as Pagefind reckons it (Okapi BM25).
const rarity = (all, some) => Math.log((all + 1) / (some + 0.5));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

async function searchAll(instance, bundles, query) {
  const { results } = await instance.search(query);
  if (bundles.length < 2 || /^\s*".+"\s*$/.test(query)) return results; // a phrase is there or not
  const placeOf = (result) => bundles.findLastIndex(([year], index) => !index || year <= result.id.slice(0, 4));
  const words = [...new Set(query.replaceAll('"', " ").split(/\s+/))].filter(Boolean);
  const silent = new Set();
  const own = bundles.map(() => 0);
  let everywhere = 0;
  for (const word of words) {
    const found = words.length === 1 ? results : (await instance.search(word)).results;
    const exact = (await instance.search(`"${word}"`)).results;
    const hits = bundles.map(() => []);
    for (const result of found) hits[placeOf(result)].push(result);
    const speaking = exact.length ? new Set(exact.map(placeOf)) : await nearest(word, hits);
    const counts = hits.map((each, place) => (speaking.has(place) ? each.length : 0));
    if (!sum(counts)) continue;
    bundles.forEach(([, number], place) => {
      if (!counts[place]) silent.add(place);
      own[place] += rarity(number, counts[place]);
    });
    everywhere += rarity(sum(bundles.map(([, number]) => number)), sum(counts));
  }
  return results
    .map((result) => ({ ...result, place: placeOf(result) }))
    .filter(({ place }) => !silent.has(place))
    .map((result) => ({ ...result, score: result.score * (own[result.place] ? everywhere / own[result.place] : 1) }))
    .sort((one, other) => other.score - one.score);
}

// Of a word that none has as it is, perhaps since it is still being typed: those with the words that begin most like it.
async function nearest(word, hits) {
  const shared = await Promise.all(hits.map(async ([best]) => (best ? sharedBeginning(word, await best.data()) : 0)));
  const most = Math.max(...shared);
  return new Set([...hits.keys()].filter((place) => shared[place] && shared[place] >= most - 2));
}
