"""How the two sample projects are drawn: committed and seeded, so that the same records come out again."""
