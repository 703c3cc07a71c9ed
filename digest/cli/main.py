"""`digest`: the verbs, and what every one of them shares."""

import gc
import importlib
import keyword
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import click

from digest.errors import DigestError

VERBS = {
    "audit": "Ask Crossref and PubMed about every reference, and keep what they say.",
    "build": "Build the site into a folder.",
    "cite": "Format references as APA 7, BibTeX, RIS or CSL-JSON.",
    "check": "Find every mistake in the content and say how to mend it.",
    "doctor": "Look after the installation, the caches and old snapshots.",
    "evaluate": "Measure the topic suggestions on tagged works.",
    "export": "Write files of the course for other programs.",
    "import": "Add the records of reference files, or an old blog.",
    "init": "Make a new digest of any field.",
    "newsletter": "Write an edition as an e-mail.",
    "new": "Start an entry from a DOI, a PMID or a record.",
    "related": "Find entries related to an entry, an article or a text.",
    "search": "Search the entries, drafts too.",
    "serve": "Preview the site and follow your changes.",
    "study": "Fetch, compare and start recruitment pages.",
    "suggest": "Suggest topics and types of research, with what speaks for them.",
    "topics": "Look at the use of topics; rename and merge them.",
    "training": "Look after the training course.",
}
"""Name and one line of each verb, so that the list can be shown without importing any."""


class Verbs(click.Group):
    """Imports a verb's module only when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names of all verbs."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's own names
        """The command of `digest/cli/<verb>.py`."""
        if cmd_name not in VERBS:
            return None
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = importlib.import_module(f"digest.cli.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's own names
        """Every verb with its line."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(VERBS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; a reader that goes away (`digest check | head -1`) says nothing of the content."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise click.exceptions.Exit(2) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Offer the nearest verb for one that does not exist."""
        import difflib

        name = args[0]
        if name not in VERBS:
            near = difflib.get_close_matches(name, VERBS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"No such command '{name}'.{hint}")
        return super().resolve_command(ctx, args)


GARBAGE_AFTER = 100_000
"""New objects before the first look for garbage: what is read lives as long as the process, and each look goes through
all of it."""


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="digest-evidence", prog_name="digest")
def cli() -> None:
    """Publish research evidence: check, build and preview a digest."""


def main(args: Sequence[str] | None = None) -> None:
    """Run a verb. Ends with 0 when done, 1 for errors in the content, 2 when it could not run."""
    gc.set_threshold(GARBAGE_AFTER, 20, 100)
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = _run(args)
    if args is None and threading.active_count() == 1 and not _has_children():
        # Taking a library apart object by object would take a tenth of the time: the system frees all of it at once.
        os._exit(code)
    sys.exit(code)


def _open_what_is_closed() -> None:
    """Whoever starts us may have closed a stream (`digest build >&-`); a file of ours would get its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for as long as we run


def _has_children() -> bool:
    """Whether processes of ours are still at work."""
    multiprocessing = sys.modules.get("multiprocessing")
    return multiprocessing is not None and bool(multiprocessing.active_children())


def _run(args: Sequence[str] | None) -> int:
    try:
        code = _call(args)
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # nobody reads the rest
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except OSError as error:
        place = f"'{error.filename}': " if error.filename else ""
        click.echo(f"digest: {place}{error.strerror or error}", err=True)
        click.echo("  fix: check the folder, its rights and the room on the disk", err=True)
        return 2
    return code


def _call(args: Sequence[str] | None) -> int:
    try:
        # click would end with 1 where it is stopped, as it does for errors in the content.
        code = cli.main(args=None if args is None else list(args), prog_name="digest", standalone_mode=False)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo("digest: stopped before it was done", err=True)
        return 2
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        return error.exit_code
    return code if isinstance(code, int) else 0
