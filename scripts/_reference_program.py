"""Commands, rules, rooms and decisions to Markdown, each from what it says of itself."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any, Iterator

import click
import tomllib
from _reference_fields import table

from digest.check import Rule, iter_course_rules, iter_rules
from digest.cli.main import VERBS, cli

WIDE = 4000
"""Columns, so that click breaks no line."""
SENTENCE = re.compile(r".*?\.(?=\s+[A-Z`]|$)|.+")


def command_sections() -> str:
    """Each verb with its usage, its words and its options, in the order of the alphabet."""
    wide: dict[str, Any] = {"terminal_width": WIDE, "max_content_width": WIDE}
    group = click.Context(cli, info_name="digest", **wide, **cli.context_settings)
    return "\n\n".join(_command_section(group, verb) for verb in sorted(VERBS))


def _command_section(group: click.Context, verb: str) -> str:
    command = cli.get_command(group, verb)
    if command is None:
        raise SystemExit(f"docs: 'digest {verb}' has no command")
    return "\n\n".join(_iter_command_parts(group, command, verb, "##"))


def _iter_command_parts(above: click.Context, command: click.Command, name: str, mark: str) -> Iterator[str]:
    """The command itself, then those below it, one heading deeper."""
    context = click.Context(command, info_name=name, parent=above, terminal_width=WIDE, max_content_width=WIDE)
    yield _command_part(context, command, mark)
    if isinstance(command, click.Group):
        for below in sorted(command.commands):
            yield from _iter_command_parts(context, command.commands[below], below, f"{mark}#")


def _command_part(context: click.Context, command: click.Command, mark: str) -> str:
    usage = command.get_usage(context).removeprefix("Usage: ")
    options = [option for option in command.get_params(context) if isinstance(option, click.Option)]
    records = [record for option in options if (record := option.get_help_record(context))]
    rows = [(f"`{name}`", " ".join(text.split())) for name, text in records]
    words = inspect.cleandoc(command.help or "")
    start = f"{mark} `{context.command_path}`\n\n{words}\n\n```text\n{usage}\n```"
    return f"{start}\n\n{table(('option', 'what it does'), rows)}" if rows else start


def rule_sections() -> str:
    """A table of all rules of `digest check`, then each with its documentation, by name."""
    return _rule_sections(list(iter_rules()), "##")


def course_rule_sections() -> str:
    """The same for `digest training check`, one heading deeper."""
    return _rule_sections(list(iter_course_rules()), "###")


def _rule_sections(rules: list[Rule], mark: str) -> str:
    rows = [(f"[`{rule.name}`](#{rule.name})", rule.severity.value, rule.summary) for rule in rules]
    sections = [f"{mark} `{rule.name}`\n\n*{rule.severity.value.capitalize()}.* {rule.documentation}" for rule in rules]
    return "\n\n".join([table(("rule", "severity", "what it reports"), rows), *sections])


def room_sections(root: Path) -> str:
    """The layers from the top, then what stands in each room."""
    package = root / "digest"
    rows, sections = [], []
    for layer, name, planned in _iter_rooms(root):
        path = package / name
        if planned and not path.is_dir():
            rows.append((str(layer), f"`{name}`", "planned"))
        elif path.is_dir():
            rows.append((str(layer), f"[`{name}/`](#digest{name})", first_sentence(path / "__init__.py")))
            sections.append(_room_section(path))
        else:
            rows.append((str(layer), f"`{name}.py`", first_sentence(path.with_suffix(".py"))))
    return "\n\n".join([table(("layer", "room", "what it does"), rows), *sections])


def _room_section(folder: Path) -> str:
    rows = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".py" and path.name != "__init__.py":
            rows.append((f"`{path.name}`", first_sentence(path)))
        elif (path / "__init__.py").is_file():
            rows.append((f"`{path.name}/`", first_sentence(path / "__init__.py")))
    return f"### `digest/{folder.name}/`\n\n{table(('module', 'what it does'), rows)}"


def _iter_rooms(root: Path) -> Iterator[tuple[int, str, bool]]:
    """Each room with its layer, from the top, and whether it may be missing; siblings share a layer."""
    for contract in _contracts(root):
        if contract["type"] == "layers":
            for number, layer in enumerate(contract["layers"], 1):
                for name in re.split(r"\s*[|:]\s*", layer):
                    yield number, name.strip("()"), name.startswith("(")


def wall_list(root: Path) -> str:
    """Which room imports which third-party package."""
    return "\n".join(f"- {contract['name']}." for contract in _contracts(root) if contract["type"] == "forbidden")


def _contracts(root: Path) -> list[dict[str, Any]]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts: list[dict[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return contracts


def decision_list(folder: Path) -> str:
    """Each decision with its title."""
    titles = [(path, path.read_text(encoding="utf-8").partition("\n")[0]) for path in sorted(folder.glob("[0-9]*.md"))]
    return "\n".join(f"- [{title.removeprefix('# ')}]({path.name})" for path, title in titles)


def first_sentence(path: Path) -> str:
    """The first sentence of a module's room card."""
    card = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(card.partition("\n\n")[0].split())
    match = SENTENCE.match(paragraph)
    return match[0] if match else ""
