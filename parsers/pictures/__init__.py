"""Pictures of forms: scans, faxes, photographs. A picture becomes a page of characters and rules, as a PDF's page is,
and is read from there on like print. Only this package needs the extra `cmebot[scans]`."""
