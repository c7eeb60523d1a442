"""One mail's bytes into parts, headers, the text that was written now, and what it answers. No clock, no network."""
