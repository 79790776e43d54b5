"""A part of an import: the lines a person accepted, with everything they cannot be without."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from planner.actions.import_ledger import Ledger
from planner.core.records import KINDS, Child, Record, Visit

Put = tuple[str, str]
"""A record that an import would put: its kind and its id."""

_WHOLE = (Child, Visit)
"""Kinds that are nothing by themselves: a new child comes with a case, a visit with who was seen."""


def chosen_part(ledger: Ledger, accepted: frozenset[Put]) -> Ledger:
    """The ledger of the accepted lines alone.

    A new worker, team or child that an accepted record names comes with it; so does all that is new of an accepted new child,
    and who was seen on an accepted visit.
    """
    puts: dict[Put, Record] = {(KINDS[kind], row): record for (kind, row), record in ledger.puts.items()}
    by_id = {row: put for put in puts for row in (put[1],)}
    is_new = {put: ledger.snapshot.find(type(record), record.id) is None for put, record in puts.items()}
    belonging: dict[str, list[Put]] = {}
    for put, record in puts.items():
        for owner in _named(record):
            belonging.setdefault(owner, []).append(put)
    taken: set[Put] = set()
    ahead = [put for put in accepted if put in puts]
    while ahead:
        put = ahead.pop()
        if put in taken:
            continue
        taken.add(put)
        record = puts[put]
        ahead += [by_id[row] for row in _named(record) if row in by_id and is_new[by_id[row]]]
        if (is_new[put] and isinstance(record, _WHOLE)) or isinstance(record, Visit):
            ahead += belonging.get(record.id, ())
    return _narrowed(ledger, taken)


def _named(record: Record) -> Iterator[str]:
    """The ids of other records that a record names."""
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        if name.endswith("_id") and isinstance(value, str) and value:
            yield value


def _narrowed(ledger: Ledger, taken: set[Put]) -> Ledger:
    rows = [row for row in ledger.rows if not row.put[0] or row.put in taken]
    told = {row.put: row.kind for row in rows if row.put[0]}
    return replace(
        ledger,
        puts={(kind, row): record for (kind, row), record in ledger.puts.items() if (KINDS[kind], row) in taken},
        rows=rows,
        added=Counter(kind for (kind, _), how in told.items() if how == "new"),
        changed=Counter(kind for (kind, _), how in told.items() if how == "changed"),
    )
