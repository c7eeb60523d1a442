"""What goes out by the calendar: the digest, the evening of the shadow, reports and reminders."""
