"""The version of the engine, as it stands in every receipt."""

VERSIE = "0.1.0"
