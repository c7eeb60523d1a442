"""What mail servers send back: reports on a mail of ours, in the forms that they have."""

from __future__ import annotations

from email.message import EmailMessage

HEAD = (
    "From: Mail Delivery System <MAILER-DAEMON@mx.council.example>\r\nTo: missing.pupils@council.example\r\n"
    "Message-ID: <{n}@mx.council.example>\r\nReturn-Path: <>\r\nAuto-Submitted: auto-replied\r\n"
)


def shown(mail: EmailMessage) -> str:
    """The header of our mail, as a report quotes it."""
    return "".join(f"{name}: {value}\r\n" for name, value in mail.items())


def report(mail: EmailMessage, status: str, said: str, action: str = "failed", n: int = 1, original: str = "") -> bytes:
    """RFC 3464."""
    return (
        HEAD.format(n=n) + f"Subject: Undeliverable: {mail['Subject']}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system. I could not deliver your mail.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.council.example\r\n\r\n"
        f"Final-Recipient: rfc822; {mail['To']}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {said}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n{original or shown(mail)}\r\n--b--\r\n"
    ).encode()


def exim(mail: EmailMessage, said: str = "550 5.1.1 No such user here") -> bytes:
    """Prose, with a copy of our mail below a line."""
    return (
        HEAD.format(n="exim") + f"X-Failed-Recipients: {mail['To']}\r\nSubject: Mail delivery failed: returning\r\n\r\n"
        "This message was created automatically by mail delivery software.\r\n\r\n"
        "A message that you sent could not be delivered to one or more of its recipients.\r\n\r\n"
        f"  {mail['To']}\r\n    SMTP error from remote mail server after RCPT TO: {said}\r\n\r\n"
        f"------ This is a copy of the message, including all the headers. ------\r\n\r\n{shown(mail)}\r\nHello\r\n"
    ).encode()


def qmail(mail: EmailMessage) -> bytes:
    """QSBMF (https://cr.yp.to/proto/qsbmf.txt)."""
    return (
        HEAD.format(n="qmail") + "Subject: failure notice\r\n\r\n"
        "Hi. This is the qmail-send program at mx.council.example.\r\nI'm afraid I wasn't able to deliver your message "
        f"to the following addresses.\r\n\r\n<{mail['To']}>:\r\nSorry, no mailbox here by that name. (#5.1.1)\r\n\r\n"
        f"--- Below this line is a copy of the message.\r\n\r\n{shown(mail)}\r\nHello\r\n"
    ).encode()


def exchange(mail: EmailMessage) -> bytes:
    """A report whose original is a mail of its own, as Exchange attaches it."""
    return (
        HEAD.format(n="exchange")
        + f"Subject: Undeliverable: {mail['Subject']}\r\nIn-Reply-To: {mail['Message-ID']}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html\r\n\r\n<p>Your message couldn't be delivered.</p>\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;AM0.prod.outlook.example\r\n\r\n"
        f"Final-Recipient: rfc822;{mail['To']}\r\nAction: failed\r\nStatus: 5.1.10\r\n"
        "Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found\r\n\r\n"
        f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {mail['Message-ID']}\r\n"
        "Subject: x\r\n\r\nbody\r\n--b--\r\n"
    ).encode()
