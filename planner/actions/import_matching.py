"""Which record here each thing is that a source tells of: by what it is and its day, then by the source's own id of it."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Any

from planner.core.records import AnyRecord

Ids = tuple[str, ...]
Known = tuple[Hashable, Ids]
"""What a thing is matched by: its key, such as a day, and the source's ids of it."""


def paired(told: Sequence[Known], here: Sequence[Known]) -> dict[int, int]:
    """By its place in what is `told`, the place of what is `here` and is the same; each stands in one pair at most.

    The same key and id come first, then the same key. The same id alone is the last: the key was corrected in the source. So an
    extract that numbers its rows anew each time corrects nothing that it still has.
    """
    pairs: dict[int, int] = {}
    if not here:
        return pairs
    free = set(range(len(here)))
    by_key: dict[Hashable, list[int]] = defaultdict(list)
    by_id: dict[str, int] = {}
    for place, (key, ids) in enumerate(here):
        by_key[key].append(place)
        by_id |= dict.fromkeys(ids, place)
    of_id = [next((by_id[one] for one in ids if one in by_id), None) for _, ids in told]
    for place, (key, _) in enumerate(told):
        known = of_id[place]
        if known is not None and known in free and here[known][0] == key:
            pairs[place] = known
            free.discard(known)
    for place, (key, _) in enumerate(told):
        known = next((one for one in by_key.get(key, ()) if one in free), None)
        if place not in pairs and known is not None:
            pairs[place] = known
            free.discard(known)
    for place, known in enumerate(of_id):
        if place not in pairs and known is not None and known in free:
            pairs[place] = known
            free.discard(known)
    return pairs


def ids_after(held: Ids, told: Ids, all_told: frozenset[str]) -> Ids:
    """The ids a record here is kept under from now on, where the source tells it under `told` and everything under `all_told`.

    One that is something else's by now goes. Where none is the same and none is used again, the source makes new ids each
    time, and those that are here stay.
    """
    if held == told:
        return held
    kept = tuple(one for one in held if one in told or one not in all_told)
    is_made_anew = bool(held) and kept == held and not set(held) & set(told)
    return held if is_made_anew else kept + tuple(one for one in told if one not in kept)


def saying(record: AnyRecord, **values: Any) -> AnyRecord:
    """The record with these values; itself where it says them already, for an import asks that of most records."""
    return record if all(getattr(record, name) == value for name, value in values.items()) else replace(record, **values)
