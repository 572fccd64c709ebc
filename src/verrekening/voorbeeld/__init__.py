"""A fictitious municipality, Voorbeeldstad: households, employers and payroll messages that look real.

::

    from verrekening.voorbeeld import maak
    voorbeeld = maak("voorbeeld", huishoudens=1_000, seed=7)

writes ``dossiers/dossiers-<P>.jsonl`` per payment month, ``polis/<P>/`` with the messages that arrived
for that run, and ``beleid.yaml``. The same seed gives the same files (with the same numpy release).

What it holds: singles, single parents and couples of 18 to past state pension age, with and without
cost-sharing housemates; assistance that begins or ends halfway a month; about 35% of the households
with income: regular, on-call and agency jobs on monthly and four-weekly payrolls, benefits, AOW and
small pensions, with and without tax credit. Some employers file too late, some correct a month
afterwards, and two messages are damaged on purpose (one cut off, one with a spoilt amount). Bookings
are the full net norm, so a household without income has nothing to settle.

Nobody in it exists. BSN come first from the range reserved for testing, 99999xxxx; only some 900 of
those pass the elfproef, so the rest lies from 910000000 up, which is not issued as BSN. Loonheffingen-
nummers lie in 90xxxxxxx, so that no number is ever both. All pass the elfproef; a conformity check of
real messages refuses a first digit 8 or 9, so such a check must be told that this is test data.
"""

from verrekening.voorbeeld.dossiers import boek_besluiten
from verrekening.voorbeeld.maken import Voorbeeld, maak

__all__ = ["Voorbeeld", "boek_besluiten", "maak"]
