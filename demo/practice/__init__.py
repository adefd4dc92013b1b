"""The practice helpdesk: a small ticket system to try Tipbridge out with. Not for real tips. See API.md."""

from demo.practice.helpdesk import PracticeHelpdesk

__all__ = ["PracticeHelpdesk"]
