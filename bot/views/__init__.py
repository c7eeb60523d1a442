"""Cases and lists as people are shown them: looked at, never changed."""
