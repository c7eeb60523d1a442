"""`cmebot import schools|postcodes|directory`: new files of the directory, tried before they replace the old ones."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.council import terms
from bot.council.directory import Directory, load_directory
from bot.council.directory_rows import BadDirectory

FILES = ("people.csv", "bodies.csv", "schools.csv", "postcodes.csv", terms.FILE)


def files_in(folder: Path) -> dict[str, Path]:
    """The files of a directory that lie in the folder. Raises BadDirectory where none does."""
    found = {name: folder / name for name in FILES if (folder / name).is_file()}
    if not found:
        raise BadDirectory(f"in {folder} there is none of {', '.join(FILES)}: name the folder that holds them")
    return found


def take_in(directory: Path, new: Mapping[str, Path]) -> Directory:
    """Puts the new files beside the rest, reads the whole, and only then replaces the old ones, each at once. The
    daemon reads them when it starts next. Raises BadDirectory, which names the file that was given; then
    nothing is changed."""
    for path in new.values():
        if not path.is_file():
            raise BadDirectory(f"there is no file {path}")
    with TemporaryDirectory() as trial:
        tried = {name: Path(trial) / name for name in FILES}
        for name, path in tried.items():
            source = new.get(name, directory / name)
            if source.is_file():
                shutil.copyfile(source, path)
        try:
            whole = load_directory(Path(trial))
            terms.load_terms(Path(trial), whole)
        except BadDirectory as problem:
            said = str(problem)
            for name, path in tried.items():
                said = said.replace(str(path), str(new.get(name, directory / name)))
            raise BadDirectory(said) from problem
        for name in new:
            fresh = directory / f"{name}.new"
            shutil.copyfile(tried[name], fresh)
            fresh.replace(directory / name)
    return whole
