
// An address of the earlier site, known by its query alone: lead to what it showed. The rules stand in the page, those
// that ask for most first: [names and values, address, whether nothing else may be asked].
{
  const asked = [...new URLSearchParams(location.search)];
  const has = ([name, value]) => asked.some((pair) => pair[0] === name && pair[1] === value);
  const rules = JSON.parse(document.getElementById("_rules").textContent);
  const rule = rules.find(([query, , exact]) => query.every(has) && (!exact || query.length === asked.length));
  if (rule) location.replace(rule[1] + location.hash);
}
