"""A small digest on disk, to be searched."""

from pathlib import Path

import pytest

CONFIGURATION = "site_name: Test\nextra:\n  digest:\n    practice_implications: [Practice implications]\n"
TOPICS = """
- {id: alliance, label: Alliance, definition: d, alt_labels: [working alliance]}
- {id: training, label: Training, definition: d}
- {id: depression, label: Depression, definition: d, alt_labels: [low mood]}
"""
TYPES = """
- {id: survey, label: Survey, definition: d, strength: s}
- {id: trial, label: Randomized trial, definition: d, strength: s, alt_labels: [RCT]}
"""
BIB = """
@article{fluckiger, author = {Flückiger, Christoph}, title = {The alliance in adults}, journal = {Psychotherapy},
  year = {2018}, doi = {10.1037/pst0000172}}
@article{tasca, author = {Tasca, Giorgio A.}, title = {Training therapists}, journal = {Clinical Trials},
  year = {2022}, doi = {10.1000/tasca}, abstract = {Supervision of group work with mourners.}}
@article{alone, author = {Doe, Ann}, title = {Supervision of mourners}, journal = {Grief},
  year = {2020}, doi = {10.1000/alone}}
"""
ENTRIES = {
    "2021-04/alliance-counts": """\
title: The alliance counts
takeaway: Mind the bond.
citations: [fluckiger]
topics: [alliance]
research_types: [survey]
---
Patients who work well with *their* therapist do better.

## Practice implications

Repair a rupture soon.""",
    "2022-12/training-therapists": """\
title: Training therapists
takeaway: Practise <b>aloud</b> & together.
citations: [tasca, fluckiger]
topics: [training, alliance]
research_types: [trial]
---
A trial of supervision with mourners. The working alliance grew; the [bond](../2021-04/alliance-counts.md) held.""",
    "2023-01/low-mood": """\
title: Low mood and sleep
takeaway: Sleep matters.
citations: [tasca]
topics: [depression]
research_types: [survey]
draft: true
---
Working with sleep. An alliance with habits, and café au lait.""",
}


def write_entry(root: Path, name: str, text: str) -> Path:
    """Write one entry: fields, a line `---`, and a body."""
    path = root / "entries" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{text}\n", encoding="utf-8")
    return path


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    """Three entries, one of them a draft."""
    root = tmp_path / "digest"
    for name, text in (
        ("mkdocs.yml", CONFIGURATION),
        ("vocabulary/topics.yml", TOPICS),
        ("vocabulary/research-types.yml", TYPES),
        ("bib/references.bib", BIB),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for name, text in ENTRIES.items():
        write_entry(root, name, text)
    return root
