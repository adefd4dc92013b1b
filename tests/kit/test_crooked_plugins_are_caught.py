"""The kit is judged: each crooked plugin fails the promises it breaks, and no others."""

import pytest

from tests.kit.crooked import CAUGHT_BY
from tests.kit.reference import ReferencePlugin

pytest_plugins = ("pytester",)


@pytest.mark.parametrize("crooked", CAUGHT_BY, ids=lambda crooked: crooked.__name__)
def test_a_crooked_plugin_fails_exactly_the_promises_it_breaks(
    pytester: pytest.Pytester, crooked: type[ReferencePlugin]
) -> None:
    failed = _failing_promises(
        pytester,
        f"""
        from dataclasses import replace
        from tests.kit.crooked import {crooked.__name__}
        from tests.kit.test_the_reference_plugin import REFERENCE, ReferenceContract

        class TestCrooked(ReferenceContract):
            manifest = replace(REFERENCE, build={crooked.__name__})
        """,
    )
    assert failed == CAUGHT_BY[crooked]


def _failing_promises(pytester: pytest.Pytester, module: str) -> set[str]:
    pytester.makepyfile(module)
    result = pytester.inline_run("-p", "no:cacheprovider", "-p", "no:randomly")
    _, _, failed = result.listoutcomes()
    return {report.nodeid.split("::")[-1].partition("[")[0] for report in failed}
