"""Real triple stores for the tests: fetched once, started on loopback, stopped by process id."""
