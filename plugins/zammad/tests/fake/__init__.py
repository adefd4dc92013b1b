"""A fake Zammad that behaves like the recorded one: see `FakeZammad`."""

from plugins.zammad.tests.fake.desk import signed
from plugins.zammad.tests.fake.staff import Staff
from plugins.zammad.tests.fake.zammad import LEAST_RIGHTS, FakeZammad

__all__ = ["LEAST_RIGHTS", "FakeZammad", "Staff", "signed"]
