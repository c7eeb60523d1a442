"""Bytes to facts: mails, documents, forms, answers. Pure: no clock, no database, no network, no randomness."""
