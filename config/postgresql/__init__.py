"""PostgreSQL behind a pool that forgets a restart at once."""
