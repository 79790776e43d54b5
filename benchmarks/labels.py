"""How many of the labels that councils really type are answered, asked and wrong: by column, against a mapping table.

Usage: python benchmarks/labels.py TABLE.csv [--show COLUMN]. The table has the columns list, column, canonical_code and
variant_label. Its codes are categories, so our codes are compared by the category they belong to. Codes that begin with
`zz` mark what the table's makers could not place, and are left out; a label with two categories in one column counts as
wrong when it is answered at all.
"""

import argparse
import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from planner.formats.labels import label_sets

COLUMNS = {
    "Gender": "sex",
    "Referral NFA?": "no_further_action",
    "Was the child assessed as requiring LA children's social care support?": "yes_no",
    "Was an Initial Child Protection Conference deemed unnecessary?": "yes_no",
    "Did the Initial Child Protection Conference Result in a Child Protection Plan": "yes_no",
    "Primary Need Code": "primary_need",
    "Reason for Closure": "closure_reason",
    "Case Status": "case_status",
    "Initial Category of Abuse": "abuse_category",
    "Latest Category of Abuse": "abuse_category",
    "Was the Child Seen Alone?": "seen",
    "Child's Legal Status": "legal_status",
    "Placement Type": "placement_type",
    "Placement Provider": "placement_provider",
    "Eligibility Category": "eligibility",
}
"""The columns the planner reads labels of, and the label set each is read with."""

CATEGORIES: dict[str, dict[str, str]] = {
    "yes_no": {"yes": "true", "no": "false", "unknown": "unknown"},
    "sex": {"M": "a", "F": "b", "U": "c", "N": "d"},
    "primary_need": dict(zip(("N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N0"), "abcdefghij", strict=True)),
    "closure_reason": dict(zip(("RC1", "RC2", "RC3", "RC4", "RC5", "RC6", "RC7", "RC8", "RC9"), "abcdefghh", strict=True)),
    "case_status": {code: code for code in "abcde"},
    "abuse_category": {"NEG": "a", "PHY": "b", "SAB": "c", "EMO": "d", "MUL": "e"},
    "legal_status": {"C1": "a", "C2": "b", "D1": "c", "E1": "d", "V2": "e"}
    | dict.fromkeys(("L1", "L2", "L3"), "f")
    | dict.fromkeys(("J1", "J2", "J3"), "g"),
    "placement_type": dict.fromkeys(("U1", "U2", "U3", "U4", "U5", "U6"), "a")
    | dict.fromkeys(("A3", "A4", "A5", "A6"), "b")
    | {"P1": "c", "P2": "d", "P3": "e", "H5": "f", "K3": "f", "K1": "g", "K2": "h", "R1": "i", "R2": "j", "R3": "k"}
    | {"R5": "l", "S1": "m", "Z1": "n"}
    | dict.fromkeys(("T0", "T1", "T2", "T3", "T4"), "o"),
    "placement_provider": {"PR1": "a", "PR4": "b"} | dict.fromkeys(("PR0", "PR2", "PR3", "PR5"), "c"),
    "eligibility": {"relevant": "a", "former relevant": "b", "qualifying": "c", "eligible": "d", "other": "e"},
}
CATEGORIES["seen"] = CATEGORIES["no_further_action"] = CATEGORIES["yes_no"]


def category_of(canonical: str) -> str:
    """The category letter of a canonical code of the table, or its word."""
    if canonical.startswith(("J1", "J2")):
        return "g"
    letter = re.match(r"([a-z])\) ", canonical)
    return letter.group(1) if letter else canonical.casefold()


def variants(path: Path) -> dict[str, dict[str, set[str]]]:
    """Each column we read, with every distinct label of it and the categories the table gives it; `zz` codes left out."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            if row["column"] in COLUMNS and not row["canonical_code"].startswith("zz"):
                found[row["column"]][row["variant_label"]].add(category_of(row["canonical_code"]))
    return found


def verdicts(column: str, labels: dict[str, set[str]]) -> dict[str, list[tuple[str, str, str]]]:
    """The labels of a column that were answered, asked and wrong: each with what we said and what the table says."""
    labelled = label_sets()[COLUMNS[column]]
    found: dict[str, list[tuple[str, str, str]]] = {"answered": [], "asked": [], "wrong": []}
    for label, right in labels.items():
        answer = labelled.meaning(label)
        said = "" if answer is None else CATEGORIES[COLUMNS[column]].get(answer, answer)
        verdict = "asked" if answer is None else "answered" if right == {said} else "wrong"
        found[verdict].append((label, str(answer), "/".join(sorted(right))))
    return found


def main() -> int:
    """Print the table of figures; 1 when a label was answered wrongly or a column is below 90%."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("table", type=Path)
    arguments.add_argument("--show", default="", help="a column whose asked and wrong labels are listed")
    chosen = arguments.parse_args()
    print(f"{'column':<72}{'labels':>7}{'answered':>10}{'asked':>7}{'wrong':>7}")
    failed = False
    for column, labels in variants(chosen.table).items():
        found = verdicts(column, labels)
        share = len(found["answered"]) / len(labels)
        failed = failed or bool(found["wrong"]) or share < 0.9
        print(f"{column[:70]:<72}{len(labels):>7}{share:>10.1%}{len(found['asked']):>7}{len(found['wrong']):>7}")
        if column.startswith(chosen.show) and chosen.show:
            for verdict in ("wrong", "asked"):
                for label, answer, right in sorted(found[verdict], key=lambda entry: entry[2]):
                    print(f"    {verdict} [{right}] {answer}: {label}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
