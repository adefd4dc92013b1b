"""The kit's guard: a promise is kept, or exempt with a reason that everybody can read."""

import pytest

pytest_plugins = ("pytester",)

_GUARD = "test_no_promise_was_removed_or_changed_without_a_reason"
_EXEMPTIONS = "test_every_exemption_names_a_promise_and_a_reason"
_TAKE = "test_a_ticket_that_somebody_took_reads_as_owned"


def test_an_overridden_promise_is_named(pytester: pytest.Pytester) -> None:
    report = _run(pytester, f"def {_TAKE}(self): pass", only=_GUARD)
    assert report.failed == 1
    assert _TAKE in report.text


def test_a_removed_promise_is_named(pytester: pytest.Pytester) -> None:
    report = _run(pytester, f"{_TAKE} = None", only=_GUARD)
    assert report.failed == 1
    assert _TAKE in report.text


def test_an_override_with_a_reason_is_accepted_and_runs(pytester: pytest.Pytester) -> None:
    body = f"""
            kit_exempt = {{"{_TAKE}": "owners are groups here"}}
            def {_TAKE}(self): pass
    """
    assert _run(pytester, body, only=_GUARD).passed == 1
    assert _run(pytester, body, only=_TAKE).passed == 1


def test_a_promise_that_is_exempt_is_skipped_with_its_reason(pytester: pytest.Pytester) -> None:
    report = _run(pytester, f'kit_exempt = {{"{_TAKE}": "nobody owns a ticket here"}}', only=_TAKE)
    assert report.skipped == 1
    assert "exempt: nobody owns a ticket here" in report.text


@pytest.mark.parametrize("exemption", ["'test_that_never_was': 'left over'", f"'{_TAKE}': '  '"])
def test_an_exemption_without_promise_or_reason_is_refused(pytester: pytest.Pytester, exemption: str) -> None:
    assert _run(pytester, f"kit_exempt = {{{exemption}}}", only=_EXEMPTIONS).failed == 1


def test_an_author_who_gives_the_kit_nothing_is_told_what_it_needs(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from connector.testing import HelpdeskContract
        from tests.kit.reference import REFERENCE

        class TestBare(HelpdeskContract):
            manifest = REFERENCE
        """
    )
    result = pytester.runpytest_inprocess("-k", "took")
    result.assert_outcomes(errors=1)
    assert "override the fixture `settings`" in result.stdout.str()


class _Report:
    def __init__(self, result: pytest.RunResult) -> None:
        self.text = result.stdout.str()
        outcomes = result.parseoutcomes()
        self.passed = outcomes.get("passed", 0)
        self.failed = outcomes.get("failed", 0)
        self.skipped = outcomes.get("skipped", 0)


def _run(pytester: pytest.Pytester, body: str, *, only: str) -> _Report:
    """Run one promise of a class that is like the reference's, but for `body`."""
    pytester.makepyfile(
        f"""
        from tests.kit.test_the_reference_plugin import ReferenceContract

        class TestChanged(ReferenceContract):
            {body.strip()}
        """
    )
    return _Report(
        pytester.runpytest_inprocess("-rs", "-p", "no:cacheprovider", "-k", f"TestChanged and {only}")
    )
