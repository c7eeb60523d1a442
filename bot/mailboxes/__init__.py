"""Where mails are fetched from: one small port, four kinds of mailbox."""
