"""Bytes of a document → its layout: parts of text in reading order, with cells, ticks and strike-outs. One module a
format; the forms are read from the layout alone, so that a new format needs no new reader."""
