"""How mails leave: one small port, two ways."""
