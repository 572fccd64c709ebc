"""Writes docs/cli.md from the help texts: ``python docs/maak_cli.py``; a test checks that it is current."""

from __future__ import annotations

from pathlib import Path

import click

from verrekening.cli import opdrachten

KOP = """# The command line

Made from `--help` by `docs/maak_cli.py`. Results go to stdout, everything else to stderr. Texts are Dutch: these
commands are for consulenten and municipal operators.
"""


def pagina() -> str:
    """The page, from the commands as they are now."""
    delen = [KOP]
    for naam, opdracht in _alle(opdrachten, ("verrekening",)):
        context = click.Context(opdracht, info_name=naam, terminal_width=96, max_content_width=96)
        delen.append(f"## {naam}\n\n```text\n{opdracht.get_help(context).rstrip()}\n```\n")
    return "\n".join(delen)


def _alle(opdracht: click.Command, pad: tuple[str, ...]) -> list[tuple[str, click.Command]]:
    uit = [(" ".join(pad), opdracht)]
    if isinstance(opdracht, click.Group):
        context = click.Context(opdracht)
        for naam in opdracht.list_commands(context):
            onder = opdracht.get_command(context, naam)
            assert onder is not None, naam
            uit += _alle(onder, (*pad, naam))
    return uit


if __name__ == "__main__":
    (Path(__file__).parent / "cli.md").write_text(pagina(), encoding="utf-8")
