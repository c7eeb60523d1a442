"""Events and actions become mails."""
