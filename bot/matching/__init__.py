"""Is this child known to us? Pure: no database, no clock. The shell feeds it (bot.children), lists feed it too.

One child among a few: `match(child, known)`. Many among many: `Index(known).match_all(children)`. The answer is a
`Match`: certain, likely (with whom, and why), siblings, or nobody. What is joined and what is asked:
docs/decisions/016-who-is-this-child.md.
"""

from bot.matching.birth import near
from bot.matching.child import Child, Found, Known, Match
from bot.matching.index import Index
from bot.matching.judging import consistent, match, possible
from bot.matching.names import name_key

__all__ = ["Child", "Found", "Index", "Known", "Match", "consistent", "match", "name_key", "near", "possible"]
