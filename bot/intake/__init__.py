"""A mail becomes events, once; also those of machines, those that came back, and those refused."""
