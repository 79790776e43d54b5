"""Code sets have words for every code of the field."""

from planner.core.codes import REFERRAL_SOURCES


def test_every_source_of_referral_of_the_census_has_its_own_words():
    individuals, schools, health = ["1A", "1B", "1C", "1D"], ["2A", "2B"], ["3A", "3B", "3C", "3D", "3E", "3F"]
    codes = [*individuals, *schools, *health, "4", "5A", "5B", "5C", "5D", "6", "7", "8", "9", "10"]
    assert list(REFERRAL_SOURCES) == codes
    assert len(set(REFERRAL_SOURCES.values())) == len(codes)
