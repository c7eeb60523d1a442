"""The one way out: the gate before the outbox, its rows, what limits it, and how it is emptied."""
