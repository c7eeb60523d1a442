"""What every piece of work needs and nothing changes: the council's directory, its terms, its pack and its words."""
