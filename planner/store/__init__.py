"""The workspace's file: SQLAlchemy and SQLCipher live here and nowhere else."""
