"""What the words of a tip say about how pressing it is. Pure: word lists come in, reasons come out.

A text is read into plain words (`reading`, `spelling`), phrases of the lists are found in it (`phrases`, `lists`), and
what stands close together is added up (`weighing`): a weapon alone is little, a weapon with a place and a day is an
emergency. Negation cancels, what is long past or happens in a game counts half, and a harmless phrase ("photo shoot")
takes its words away. In doubt a phrase counts: a missed emergency costs more than a false alarm.
"""

from connector.domain.wording.lists import Entry, WordList, WordLists
from connector.domain.wording.senses import Sense
from connector.domain.wording.weighing import weigh

__all__ = ["Entry", "Sense", "WordList", "WordLists", "weigh"]
