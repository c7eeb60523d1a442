"""What is to be said becomes a letter: its reader, its thread, the facts it may speak of, and why."""
