"""The documentation, and `python -m docs.make`, which writes the pages that are made from the code."""
