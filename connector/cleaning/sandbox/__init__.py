"""Where strangers' files are read: processes that can compute, and nothing else.

`Sandbox` (in the service) speaks with the nursery, a process that has every parser loaded and nothing of ours:
no keys, no settings, no environment. For each file the nursery bears a child; the child puts up its walls, does
its errand, answers with a few numbers, and dies.
"""

from connector.cleaning.sandbox.asking import ChildFailed, Sandbox
from connector.cleaning.sandbox.memory_file import MemoryFile, filled, new_memory_file
from connector.cleaning.sandbox.walls import NO_WALL
from connector.cleaning.sandbox.wire import Answer, Errand, GarbledAnswer, Task

__all__ = [
    "NO_WALL",
    "Answer",
    "ChildFailed",
    "Errand",
    "GarbledAnswer",
    "MemoryFile",
    "Sandbox",
    "Task",
    "filled",
    "new_memory_file",
]
