"""What a provider's mailbox and its transport share: how one is let in, and how one is told to wait."""
