"""The migrations, each a step from one revision of the tables to the next."""
