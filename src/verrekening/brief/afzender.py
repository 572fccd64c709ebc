"""Who sends the statement: the municipality's own words for its name and how to reach it."""

from __future__ import annotations

from pathlib import Path

import pydantic
import yaml

from verrekening.fouten import InvoerGeweigerd


class Afzender(pydantic.BaseModel):
    """The sender of a statement; every field but the name may be left out.

    Attributes:
        naam: the municipality, such as ``gemeente Voorbeeldstad``.
        adres: lines of the return address.
        telefoon, website: how to reach it.
        bezwaar: where an objection goes.
    """

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True, strict=True)

    naam: str
    adres: tuple[str, ...] = ()
    telefoon: str | None = None
    website: str | None = None
    bezwaar: str | None = None


def lees_afzender(bestand: Path) -> Afzender:
    """Reads the sender from YAML. Raises InvoerGeweigerd with what is wrong and where."""
    try:
        ruw = yaml.load(bestand.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
        if isinstance(ruw, dict) and isinstance(ruw.get("adres"), list):
            ruw["adres"] = tuple(ruw["adres"])
        return Afzender.model_validate(ruw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fout:
        raise InvoerGeweigerd(
            f"{bestand.name}: is niet te lezen als YAML. Geef naam, adres, telefoon, website."
        ) from fout
    except pydantic.ValidationError as fout:
        eerste = fout.errors(include_url=False)[0]
        waar = ".".join(map(str, eerste["loc"])) or "het bestand"
        raise InvoerGeweigerd(f"{bestand.name}: {waar}: {eerste['msg']}") from fout
