"""Folders of a mailbox on Exchange by the names that a person sees."""

from __future__ import annotations

from exchangelib import Account, Folder
from exchangelib.errors import ErrorFolderNotFound
from exchangelib.folders import Messages
from exchangelib.services import CreateFolder


def find_folder(account: Account, name: str, *, make: bool) -> Folder:
    """`/` stands between a folder and one within it; "inbox" is the inbox in every language. Asked one by one, for a
    mailbox may have thousands. Raises ErrorFolderNotFound where it is not to be made."""
    if name.casefold() == "inbox":
        return account.inbox
    above = account.msg_folder_root
    for part in name.split("/"):
        try:
            above = above // part
        except ErrorFolderNotFound:
            if not make:
                raise
            # The service itself: `save` of the library would first fetch every folder of the mailbox.
            CreateFolder(account=account).get(parent_folder=above, folders=[Messages(root=above.root, name=part)])
            above = above // part
    return above
