"""Ask citeproc-js, with APA's own style, how it formats the golden cases; write `tests/golden/cite/apa.json`.

Needed once, and again when a case is added; the tests need neither node nor the style. In a folder elsewhere:

    npm install citeproc@2.4.63 @citation-js/plugin-csl@0.8.2      # the engine of Zotero; apa.csl and its locale
    python tests/cite/make_golden.py that-folder [--crossref works.jsonl]

`--crossref` takes works of the Crossref API, one JSON object a line, and writes `crossref.json` anew from them.
"""

import argparse
import json
import subprocess
from pathlib import Path
from typing import Any

from digest.model.reference import Reference
from tests.cite.golden import GOLDEN, csl_items, real_references, reference_lists, synthetic_references

FIELDS = (
    "DOI", "type", "subtype", "title", "subtitle", "original-title", "container-title", "volume", "issue", "page",
    "article-number", "publisher", "publisher-location", "edition-number", "degree", "language",
)  # fmt: skip
"""Fields of a work that are kept as they are; dates, names, places and institutions are reduced further."""
DATES = ("issued", "published-print", "published-online", "published", "posted")
PEOPLE = ("author", "editor", "translator")
NAME_PARTS = ("given", "family", "suffix", "name")
ORACLE = r"""
const fs = require("fs"), CSL = require("citeproc");
const style = require("@citation-js/plugin-csl/lib/styles.json").apa;
const locale = require("@citation-js/plugin-csl/lib/locales.json")["en-US"];
const byId = {};
const engine = new CSL.Engine({
    retrieveLocale: () => locale,
    retrieveItem: id => JSON.parse(JSON.stringify(byId[id])),
}, style, "en-US");
function bibliography(items) {
    items.forEach(item => { byId[item.id] = item; });
    engine.updateItems(items.map(item => item.id));
    return engine.makeBibliography()[1].map(text => text.trim());
}
const input = JSON.parse(fs.readFileSync(0, "utf8"));
const entries = Object.fromEntries(input.entries.map(item => [item.id, bibliography([item])[0]]));
const lists = Object.fromEntries(Object.entries(input.lists).map(([name, items]) => [name, bibliography(items)]));
process.stdout.write(JSON.stringify({entries, lists}));
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where npm installed the packages")
    parser.add_argument("--crossref", type=Path, help="works of the Crossref API, one a line")
    arguments = parser.parse_args()
    if arguments.crossref:
        write_works(arguments.crossref)
    answer = ask([*real_references().values(), *synthetic_references().values()], arguments.folder)
    write_json("apa", answer)


def ask(references: list[Reference], folder: Path) -> dict[str, Any]:
    """What citeproc-js says to each reference by itself, and to each list."""
    lists = {name: csl_items(items) for name, items in reference_lists().items()}
    question = json.dumps({"entries": csl_items(references), "lists": lists})
    done = subprocess.run(
        ["node", "-e", ORACLE], input=question, capture_output=True, text=True, check=True, cwd=folder
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def write_works(path: Path) -> None:
    """Keep of each work what a citation needs; of a DOI that comes twice, the first."""
    works: dict[str, dict[str, Any]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        work = json.loads(line)
        works.setdefault(work["DOI"], reduce_work(work))
    write_json("crossref", list(works.values()))


def reduce_work(work: dict[str, Any]) -> dict[str, Any]:
    reduced = {field: work[field] for field in FIELDS if work.get(field)}
    reduced |= {field: {"date-parts": work[field]["date-parts"]} for field in DATES if work.get(field)}
    for field in PEOPLE:
        if people := work.get(field):
            reduced[field] = [{part: person[part] for part in NAME_PARTS if person.get(part)} for person in people]
    if event := work.get("event"):
        reduced["event"] = {part: event[part] for part in ("name", "location") if event.get(part)}
    if institutions := work.get("institution"):
        reduced["institution"] = [{"name": institution["name"]} for institution in institutions]
    if body := work.get("standards-body"):
        reduced["standards-body"] = {"name": body["name"]}
    return reduced


def write_json(name: str, content: Any) -> None:
    """One case a line, so that a change of one is a change of one line."""
    if isinstance(content, list):
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in content)
        text = f"[\n{lines}\n]\n"
    else:
        parts = (
            f'"{part}": {{\n' + ",\n".join(f" {_dump(key)}: {_dump(value)}" for key, value in cases.items()) + "\n}"
            for part, cases in content.items()
        )
        text = "{" + ",\n".join(parts) + "}\n"
    (GOLDEN / f"{name}.json").write_text(text, encoding="utf-8")


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
