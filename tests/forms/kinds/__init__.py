"""The kinds of files in which a filled form comes, each made from the two blanks of `tests.forms.generate`."""
