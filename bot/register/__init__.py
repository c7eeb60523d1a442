"""The register: one SQLite file that holds every mail, event, case and outgoing mail.

`register.Register` opens it; `rows` are what flows in and out. Nothing is imported here, so that who needs only a row
or a lease does not pay for SQLAlchemy.
"""
