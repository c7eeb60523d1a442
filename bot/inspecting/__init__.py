"""The work looked at, explained, foretold and proved; nothing is changed."""
