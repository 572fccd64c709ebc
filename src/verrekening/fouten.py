"""The one exception tree, with the exit code of the command line beside each branch.

::

    VerrekeningFout                 1  unexpected
    ├── Gebruiksfout                2  wrong usage
    ├── InvoerGeweigerd             3  input or parameters refused, nothing written
    │   ├── AdministratieGeweigerd
    │   │   └── AdministratieBezet
    │   ├── BeleidGeweigerd
    │   └── ParameterGeweigerd
    │       └── ParameterVerlopen
    ├── AdministratieFout           1  the database cannot be reached or written, nothing decided
    ├── IdentiteitFout              5  the money identity does not hold, nothing decided
    └── ProgrammeerFout             1  found at import or load, never at night
        ├── RegelFout
        └── ParameterbestandFout

What is wrong with one dossier or one wage record is never an exception: it is a row
(`verrekening.kolommen.Afkeuring`) or a signal, so that everything else goes on.
"""

from __future__ import annotations


class VerrekeningFout(Exception):
    """Base of everything this package raises on purpose. The text is for people and never holds a BSN."""

    exitcode = 1


class Gebruiksfout(VerrekeningFout):
    """The command was used in a way that cannot be meant."""

    exitcode = 2


class InvoerGeweigerd(VerrekeningFout):
    """Input that concerns the whole run is refused; nothing was written."""

    exitcode = 3


class AdministratieGeweigerd(InvoerGeweigerd):
    """The administration cannot be used like this, or what was asked would change what stands in it (rule S14)."""


class AdministratieBezet(AdministratieGeweigerd):
    """Another run has the administration."""


class BeleidGeweigerd(InvoerGeweigerd):
    """The policy file is wrong, or asks for something that is not supported."""


class ParameterGeweigerd(InvoerGeweigerd):
    """A parameter is not usable in this run."""


class ParameterVerlopen(ParameterGeweigerd):
    """A parameter was asked for a month after the last month through which it was checked (rule P2)."""


class AdministratieFout(VerrekeningFout):
    """The database cannot be reached or written: locked, disk full, connection lost. Nothing was decided."""


class IdentiteitFout(VerrekeningFout):
    """The money identity (rule S13) or a reconciliation does not hold; nothing is decided."""

    exitcode = 5


class ProgrammeerFout(VerrekeningFout):
    """The program or a file shipped with it is wrong; raised at import or load."""


class RegelFout(ProgrammeerFout):
    """A rule is not a rule: no article, unknown argument, cycle, overlap, forbidden construct."""


class ParameterbestandFout(ProgrammeerFout):
    """A parameter file shipped with the package breaks its own format."""
