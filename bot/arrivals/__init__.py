"""A mail on its way in: fetched, read in a warm process, and how sure we are who wrote it."""
