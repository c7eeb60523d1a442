"""The shell: command line, configuration, clock, mailboxes, intake, register and outbox."""
