"""How mails leave: one small port, four ways."""
