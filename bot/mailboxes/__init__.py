"""Where mails are fetched from: one small port, two kinds of mailbox."""
