"""The work on cases: who is this child, what is new, and what the rules make of it, in one commit."""
