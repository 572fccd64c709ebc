"""Click in Dutch, and options that take several values after one flag (``--dossiers a b``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click


class Optie(click.Option):
    """An option whose help says in Dutch that it must be given.

    Args:
        meervoudig: takes one or more values after one flag, and may be repeated (contract: ``FILE…``).
    """

    def __init__(self, *args: Any, meervoudig: bool = False, **kwargs: Any) -> None:
        self.meervoudig = meervoudig
        kwargs.setdefault("multiple", meervoudig)
        super().__init__(*args, **kwargs)

    def get_help_extra(self, ctx: click.Context) -> Any:  # noqa: ARG002 - the signature of click
        """Nothing in English; the help text itself says it."""
        return {}

    def make_metavar(self, ctx: click.Context) -> str:
        """``BESTAND…`` for several values."""
        return super().make_metavar(ctx) + ("…" if self.meervoudig else "")


class _Nederlands(click.Command):
    """Headings in Dutch, and the values of options that take several."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIES]")
        super().__init__(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Click takes one value per flag; the others get the flag in front of them."""
        namen = {naam for param in self.params if isinstance(param, Optie) and param.meervoudig for naam in param.opts}
        return super().parse_args(ctx, herhaal_vlag(args, namen))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` explained in Dutch."""
        optie = super().get_help_option(ctx)
        if optie is not None:
            optie.help = "Toon deze hulp en stop."
        return optie

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Gebruik: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands of a group."""
        rijen = [rij for param in self.get_params(ctx) if (rij := param.get_help_record(ctx)) is not None]
        with formatter.section("Opties"):
            formatter.write_dl(rijen)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)


class Opdracht(_Nederlands):
    """A command."""


class Groep(_Nederlands, click.Group):
    """A group of commands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, subcommand_metavar="OPDRACHT …", **kwargs)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with one line each, in the order in which they were added."""
        gevonden = [(naam, self.get_command(ctx, naam)) for naam in self.list_commands(ctx)]
        with formatter.section("Opdrachten"):
            formatter.write_dl([(naam, een.get_short_help_str(90)) for naam, een in gevonden if een is not None])

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature of click
        """In the order in which they were added."""
        return list(self.commands)


class Hoofdgroep(Groep):
    """A group that loads the module of a command when that command is asked for: the others cost nothing.

    Args:
        plekken: name of a command, also of its function, and the module in which it stands.
    """

    def __init__(self, *args: Any, plekken: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plekken = plekken

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature of click
        """In the order of ``plekken``."""
        return list(self.plekken)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        if cmd_name in self.plekken and cmd_name not in self.commands:
            self.add_command(getattr(import_module(self.plekken[cmd_name]), cmd_name), cmd_name)
        return super().get_command(ctx, cmd_name)


class Standaardgroep(Groep):
    """A group that does its default command unless its first argument names another.

    Args:
        standaard: the default command; its help is the help of the group.
    """

    def __init__(self, naam: str, *, standaard: click.Command, commands: dict[str, click.Command]) -> None:
        super().__init__(name=naam, commands=commands, short_help=standaard.get_short_help_str(90), help=standaard.help)
        self.standaard = standaard

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the default command, or of this group when a command is named."""
        if args and args[0] in self.commands:
            return super().make_context(info_name, args, parent, **extra)
        return self.standaard.make_context(info_name, args, parent, **extra)

    def get_help(self, ctx: click.Context) -> str:
        """The help of the default command."""
        return self.standaard.get_help(ctx)


def herhaal_vlag(argumenten: Sequence[str], namen: set[str]) -> list[str]:
    """``--dossiers a b`` becomes ``--dossiers a --dossiers b``; a value ends at the next option or at ``--``."""
    uit: list[str] = []
    vlag: str | None = None
    eerste = False
    for nummer, argument in enumerate(argumenten):
        if argument == "--":
            return [*uit, *argumenten[nummer:]]
        if argument.startswith("-") and argument != "-":
            naam, _, waarde = argument.partition("=")
            vlag = naam if naam in namen else None
            eerste = vlag is not None and not waarde
            uit.append(argument)
        elif vlag is not None and not eerste:
            uit += [vlag, argument]
        else:
            uit.append(argument)
            eerste = False
    return uit


def foutzin(fout: click.UsageError) -> str:
    """A usage error as a Dutch sentence."""
    match fout:
        case click.MissingParameter(param=click.Parameter() as param):
            naam = param.opts[0] if isinstance(param, click.Option) else str(param.metavar or param.name)
            return f"{naam} ontbreekt"
        case click.NoSuchOption():
            lijkt = f"; bedoelt u {' of '.join(sorted(fout.possibilities))}?" if fout.possibilities else ""
            return f"onbekende optie {fout.option_name}{lijkt}"
        case click.BadOptionUsage():
            return f"{fout.option_name}: geef een waarde"
        case click.BadParameter(param=click.Parameter() as param):
            naam = param.opts[0] if isinstance(param, click.Option) else str(param.metavar or param.name)
            return f"{naam}: {fout.message}"
    if fout.message.startswith("No such command"):
        return f"onbekende opdracht; kies uit {', '.join(_opdrachten(fout))}"
    if fout.message.startswith("Missing command"):
        return f"geef een opdracht: {', '.join(_opdrachten(fout))}"
    if fout.message.startswith("Got unexpected extra argument"):
        return f"te veel argumenten{fout.message.partition('argument')[2].removeprefix('s')}"
    return fout.message


def _opdrachten(fout: click.UsageError) -> list[str]:
    if fout.ctx is None or not isinstance(fout.ctx.command, click.Group):
        return []
    return fout.ctx.command.list_commands(fout.ctx)


def optie(*namen: str, **kwargs: Any) -> Callable[[Any], Any]:
    """`click.option` with `Optie`."""
    return click.option(*namen, cls=Optie, **kwargs)
