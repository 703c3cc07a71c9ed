"""What `scripts/bench tagging` found, as a part of `docs/benchmarks.md`.

Takes figures as they were measured; gives text. Every number in it comes from them.
Only the standard library, and only what Python 3.8 can parse.
"""

from __future__ import annotations

from typing import Any

from _tables import seconds, table

INTRODUCTION = """\
`scripts/bench tagging` wrote this part. F1 goes from none right (0) to all right (1); micro counts every topic of every
work alike, macro is the mean over the topics with ten examples or more."""
METAPSY = """\
References of psychotherapy trials, in five parts, equal references in one; each part is judged by what the others
teach. The reference is the title; nothing else but the topics is read. In brackets 95 % of the resampled figures. The
linear models are TF-IDF with one model a topic, on the same parts in the same run."""
ANNIF = """\
The program beside [Annif](https://annif.org), on a corpus with labels of its own: `{corpus}`, {works:,} works, {labels}
labels, {labels_a_work} a work; {train:,} to learn from, {test:,} to be judged on, the same for both. Annif {annif} has
an environment of its own (omikuji {omikuji}); its words were split by {tokenizer}. Its svc learns one label of each
work. Measured on {measured}."""
ANNIF_MEASURES = {"f1@5": "F1@5", "ndcg@10": "NDCG@10"}
FROM_FILES = ("metapsy", "annif")
"""Parts that need a file: they stay as they were measured where it is not given."""
PUBMED = 37_000_000
"""Records."""
OWN = "Each edition judged by what all others teach. Of the editor's topics of an entry, found among the first five:"


def wanted(tagging: dict[str, Any]) -> list[dict[str, Any]]:
    """Each goal with its floor and what was found, as far as it was measured.

    The linear model to beat is the one with the best micro F1.
    """
    goals: list[dict[str, Any]] = []

    def goal(what: str, floor: float, most: float, found: float) -> None:
        goals.append({"what": what, "floor": round(floor, 4), "goal": most, "found": found})

    if "metapsy" in tagging:
        ours = {method["name"]: method for method in tagging["metapsy"]["methods"]}
        linear = max(tagging["metapsy"]["peers"], key=lambda peer: (peer["micro"], peer["macro"]))
        goal("Metapsy, with `[ml]`, micro F1", linear["micro"] + 0.03, 0.78, ours["combined"]["micro"])
        goal("Metapsy, with `[ml]`, macro F1", linear["macro"] + 0.08, 0.68, ours["combined"]["macro"])
        goal("Metapsy, without `[ml]`, micro F1", linear["micro"], 0.74, ours["combined-without-ml"]["micro"])
        goal("Metapsy, lexicon alone, micro F1", 0.55, 0.66, ours["lexicon"]["micro"])
    if "annif" in tagging:
        ours = {method["name"]: method for method in tagging["annif"]["ours"]}
        for measure, name in ANNIF_MEASURES.items():
            theirs = max(backend.get(measure, 0.0) for backend in tagging["annif"]["annif"])
            goal(f"beside Annif's best, {name}", theirs, round(theirs + 0.02, 4), ours["combined"][measure])
    ours = {method["name"]: method for method in tagging["own"]["methods"]}
    goal("own entries, with `[ml]`, share among the first five", 0.8, 0.9, ours["combined"]["first_five"])
    speed = tagging["batch"]["records_a_second"]["beyond_start"]
    goal("batch, with `[ml]`, records a second beyond the start", 2000, 5000, speed)
    return goals


def tagging_part(tagging: dict[str, Any]) -> list[str]:
    """The part of the page, its heading first."""
    machine = tagging["machine"]
    versions = ", ".join(f"{package} {version}" for package, version in tagging["versions"].items())
    parts = [
        "## Topic suggestions",
        INTRODUCTION,
        "Measured on {measured}, {cpu}, {cores} cores, {memory_gb} GB, {system}.".format(**tagging, **machine),
        f"Load of other work before it began: {machine['load_before']}. Versions: {versions}.",
    ]
    if "metapsy" in tagging:
        parts += metapsy_part(tagging["metapsy"])
    if "annif" in tagging:
        parts += annif_part(tagging["annif"])
    own = tagging["own"]
    rows = [[method["what"], f"{method['first_five']:.1%}"] for method in own["methods"]]
    parts += [f"### The digest's own entries: {own['topics']} topics given", OWN, table(["", "mean share"], rows)]
    parts += batch_part(tagging["batch"])
    rows = [
        [each["what"], number(each["floor"]), number(each["goal"]), number(each["found"]), met(each)]
        for each in tagging["goals"]
    ]
    return [*parts, "### What was wanted of the suggestions", table(["", "floor", "goal", "found", "met"], rows)]


def metapsy_part(metapsy: dict[str, Any]) -> list[str]:
    """Our methods, then the linear models."""
    rows = [
        [method["what"], "{:.3f} ({:.3f} to {:.3f})".format(method["micro"], *method["interval"]), f3(method["macro"])]
        for method in metapsy["methods"]
    ]
    rows += [[peer["name"], f3(peer["micro"]), f3(peer["macro"])] for peer in metapsy["peers"]]
    heading = f"### Metapsy: {metapsy['works']:,} works, {metapsy['titles']:,} references, {metapsy['topics']} topics"
    return [heading, METAPSY, table(["", "micro F1", "macro F1"], rows)]


def annif_part(annif: dict[str, Any]) -> list[str]:
    """Our methods, then Annif's backends, the best first."""
    rows = [
        [f"`{method['name']}`", *(f3(method[measure]) for measure in ANNIF_MEASURES)]
        for method in sorted(annif["ours"], key=lambda method: -method["f1@5"])
    ]
    rows += [
        [backend["what"], *(f3(backend[measure]) for measure in ANNIF_MEASURES)]
        if "f1@5" in backend
        else [backend["what"], f"more than {backend['too_long']} s", ""]
        for backend in sorted(annif["annif"], key=lambda backend: -backend.get("f1@5", 0.0))
    ]
    about = ANNIF.format(**{**annif, **annif["versions"], "works": annif["train"] + annif["test"]})
    return ["### Beside Annif", about, table(["", *ANNIF_MEASURES.values()], rows)]


def batch_part(batch: dict[str, Any]) -> list[str]:
    """What a batch costs, and its two speeds."""
    rows = [[job["what"], seconds(job["wall"]), seconds(job["cpu"]), f"{job['memory_mb']} MB"] for job in batch["jobs"]]
    speed = batch["records_a_second"]
    about = f"Seed {batch['seed']}; made up, a title and {batch['words']} words each."
    how = f"Learnt from {batch['entries']:,} made entries; lexicon and `[ml]`, a process a core ({batch['cores']})."
    runs = f"Medians of {batch['jobs'][0]['runs']} runs, in brackets the least and the most."
    with_start = f"**{speed['whole']:,} records a second** with the start of the program, reading and learning"
    return [
        f"### A batch of {batch['records']:,} records",
        f"{about} {how} {runs}",
        table(["", "wall time (s)", "processor time (s)", "memory"], rows),
        f"{with_start}; **{speed['beyond_start']:,}** with these taken out.",
        f"By processor time {speed['a_core']:,} a second on each core, whatever else the machine was doing.",
        pubmed_sentence(speed["beyond_start"]),
    ]


def pubmed_sentence(speed: float) -> str:
    """How long a whole literature takes."""
    long = PUBMED / speed
    return (
        f"PubMed's {PUBMED:,} records at that speed: {PUBMED:,} / {speed:,} = {long:,.0f} s, {long / 3600:.1f} hours "
        "on such a machine; reading PubMed's own files comes to it."
    )


def met(goal: dict[str, Any]) -> str:
    """How far it came."""
    if goal["found"] >= goal["goal"]:
        return "goal"
    return "floor" if goal["found"] >= goal["floor"] else "**no**"


def number(value: float) -> str:
    """A share, or a count."""
    return f3(value) if value <= 1 else f"{value:,.0f}"


def f3(value: float) -> str:
    """A figure from 0 to 1."""
    return f"{value:.3f}"
