"""Passphrases made for a person."""

import random
import re

from planner.core.passphrase import made_passphrase


def test_a_made_passphrase_is_four_sayable_words():
    made = made_passphrase(random.Random(7).choice)
    assert re.fullmatch(r"([bdfgklmnprstvz][aeiou]){2}[bdfgklmnprstvz](-([bdfgklmnprstvz][aeiou]){2}[bdfgklmnprstvz]){3}", made)


def test_two_made_passphrases_differ():
    chance = random.Random(7)
    assert len({made_passphrase(chance.choice) for _ in range(50)}) == 50
