"""Legal status and placements of looked-after children, and the papers that go with them."""

from datetime import date, timedelta

from planner.core.records import Child, LegalStatus, Placement
from tools.samples.book import Book
from tools.samples.days import ONE, Days
from tools.samples.dice import Dice
from tools.samples.family import Family, Happening

TYPES = {"U6": 0.5, "U3": 0.17, "U4": 0.15, "K2": 0.12, "R1": 0.06}
PROCEEDINGS = timedelta(days=175)


class Care:
    """Writes the care records of a family whose children come to be looked after."""

    def __init__(self, book: Book, dice: Dice, days: Days) -> None:
        self.book, self.dice, self.days = book, dice, days

    def write(self, family: Family) -> None:
        """Legal status, placements, placement plans, and proceedings where there are any."""
        for spell in family.spells:
            if spell.plan == "lac":
                self._legal(family, spell.start, spell.end)
                for child in family.children:
                    self._placements(family, child, spell.start, spell.end)

    def _legal(self, family: Family, start: date, end: date | None) -> None:
        """Section 20, a full order, or proceedings that run from an interim order to a full one."""
        assert family.ended is not None
        kind = self.dice.weighted({"V2": 0.4, "C2": 0.3, "C1": 0.3}) if family.inherited else self.dice.one(("V2", "C1"))
        if kind != "C1":
            self._status(family, kind, start, end)
            return
        issued = (
            start if not family.inherited else max(start, self.days.working(family.received - ONE * self.dice.number(10, 90)))
        )
        if issued > start:
            self._status(family, "V2", start, issued)
        family.happenings.append(Happening("care_application_issued", issued))
        ordered = self.days.working_before(issued + PROCEEDINGS)
        if ordered < family.ended:
            self._status(family, "C1", issued, ordered)
            self._status(family, "C2", ordered, end)
            family.happenings.append(Happening("care_proceedings_ended", ordered))
        else:
            self._status(family, "C1", issued, end)

    def _status(self, family: Family, code: str, start: date, end: date | None) -> None:
        for child in family.children:
            self.book.put(LegalStatus, child_id=child.id, code=code, start=start, end=end)

    def _placements(self, family: Family, child: Child, start: date, end: date | None) -> None:
        """One placement, or a move to a second."""
        kind = self.dice.weighted(TYPES)
        long_term = kind == "U4"
        moved = self._move(family, start)
        place = {"child_id": child.id, "provider": self.dice.one(("PR1", "PR4")), "locality": child.locality}
        self.book.put(Placement, type=kind, start=start, end=moved or end, reason="S", intended_to_18=long_term, **place)
        if moved:
            self.book.put(Placement, type=self.dice.one(("U6", "K2")), start=moved, end=end, reason="P", **place)

    def _move(self, family: Family, start: date) -> date | None:
        assert family.ended is not None
        if len(family.children) > 1 or not self.dice.chance(0.25):
            return None
        moved = self.days.working(max(start, family.received) + ONE * self.dice.number(25, 300))
        return moved if moved < family.ended else None


def placement_plans(book: Book, dice: Dice, days: Days) -> list[tuple[str, date]]:
    """The child and the day of the placement plan of every placement, within five working days."""
    return [(one.child_id, days.after(one.start, dice.number(1, 5))) for one in book.all(Placement) if one.start is not None]
