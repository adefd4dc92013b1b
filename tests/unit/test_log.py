"""What a log line may hold. Each test plants what must not come out and looks for it."""

import io
import json
import subprocess
import sys
import textwrap
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.log import FieldRefused, Form, Log, LogCapture, get_log
from connector.log.fields import ALLOWED

PHONE = "+1 505 555 0199"
ADDRESS = "203.0.113.77"
ADDRESS_6 = "2001:db8::7a"
AGENT = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36"
TIP = "Mallory Zebrafish keeps a gun in locker 12"
MAIL = "mallory.zebrafish@example.org"
CASE = "1234-5678"
CODE = "0123-4567-8901-2345-6789"
CANARIES = (PHONE, "5055550199", ADDRESS, ADDRESS_6, AGENT, MAIL, CASE, CODE)
"""What identifies a reporter, or opens their case."""


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        """Always the same moment."""
        return datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def written(say: Any, form: Form = "json") -> str:
    """The lines that come of what `say` does with a log."""
    stream = io.StringIO()
    say(get_log("test", stream=stream, form=form, clock=Noon()))
    return stream.getvalue()


def test_an_event_is_one_line_with_time_level_name_and_its_fields() -> None:
    line = written(lambda log: log.info("delivered", helpdesk="district", row=7, kind="ticket", attempt=1))

    assert json.loads(line) == {
        "timestamp": "2026-11-24T12:00:00.000+00:00",
        "level": "info",
        "event": "delivered",
        "logger": "test",
        "helpdesk": "district",
        "row": 7,
        "kind": "ticket",
        "attempt": 1,
    }
    assert line.count("\n") == 1


def test_people_can_have_the_same_as_key_and_value() -> None:
    line = written(lambda log: log.warning("delivery_postponed", row=7, what="no answer in time"), "console")
    assert line == (
        "timestamp=2026-11-24T12:00:00.000+00:00 level=warning event=delivery_postponed "
        'logger=test row=7 what="no answer in time"\n'
    )


@pytest.mark.parametrize("canary", [*CANARIES, TIP])
@pytest.mark.parametrize(
    "name", ["text", "address", "user_agent", "case", "code", "level", "timestamp", "path"]
)
def test_a_field_that_is_not_on_the_list_is_left_out_and_counted(name: str, canary: str) -> None:
    line = json.loads(written(lambda log: log.info("delivered", row=7, **{name: canary})))

    assert canary not in str(line)
    assert (line["row"], line["withheld"]) == (7, 1)
    assert line["timestamp"].startswith("2026-")


DIGITS = ("5055550199", CASE, CODE)
LOOK_ALIKE = {
    # What a helpdesk gives out, and what an operator chooses, may itself be digits and hyphens.
    *(("request_id", canary) for canary in DIGITS),
    *(("subject", canary) for canary in DIGITS),
    *(("helpdesk", canary) for canary in DIGITS),
    *(("host", canary) for canary in DIGITS),
}


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize(
    ("name", "canary"),
    [(name, canary) for name in sorted(ALLOWED) for canary in CANARIES if (name, canary) not in LOOK_ALIKE],
)
def test_no_field_on_the_list_takes_what_identifies_a_reporter(name: str, canary: str, form: Form) -> None:
    for value in (canary, [canary], {"a": canary}, f"x {canary}", canary.encode()):
        assert canary not in written(lambda log, value=value: log.info("delivered", **{name: value}), form)


@pytest.mark.parametrize("name", sorted(set(ALLOWED) - {"what"}))
def test_no_field_but_our_own_messages_takes_a_sentence(name: str) -> None:
    assert "Mallory" not in written(lambda log: log.info("delivered", **{name: TIP}))


def test_a_telephone_number_as_a_number_is_left_out_too() -> None:
    assert "5055550199" not in written(lambda log: log.info("delivered", count=5055550199, row=15055550199))


@pytest.mark.parametrize("event", [TIP, PHONE, ADDRESS, "", "x"])
def test_a_sentence_is_no_event(event: str) -> None:
    line = json.loads(written(lambda log: log.info(event)))
    assert line["event"] == "unnamed_event"


def test_fields_that_were_bound_are_looked_at_like_all_others() -> None:
    line = written(lambda log: log.bind(process="web", address=ADDRESS).info("started", pid=12))
    assert ADDRESS not in line
    assert (json.loads(line)["process"], json.loads(line)["pid"]) == ("web", 12)


@pytest.mark.parametrize(
    "what",
    [
        "the helpdesk answered 503",
        "no answer within 30.0 s",
        "cannot connect to 127.0.0.1:45123",
        "redirected to [::1]:8080",
    ],
)
def test_our_own_messages_come_through(what: str) -> None:
    assert json.loads(written(lambda log: log.info("poll_failed", what=what)))["what"] == what


@given(digits=st.lists(st.sampled_from("0123456789"), min_size=7, max_size=15), seps=st.data())
def test_however_a_telephone_number_is_spaced_it_does_not_come_through_a_message(
    digits: list[str], seps: st.DataObject
) -> None:
    number = "".join(
        digit + seps.draw(st.sampled_from(["", "", " ", "-", ".", ") "])) for digit in digits
    ).rstrip()
    assert number not in written(lambda log: log.info("poll_failed", what=f"asked for {number} there"))


@pytest.mark.parametrize(
    ("host", "shown"), [("help.example.org", True), ("127.0.0.1:80", True), ("10.1.2.3", False)]
)
def test_a_host_is_a_name_or_this_machine(host: str, shown: bool) -> None:
    assert (json.loads(written(lambda log: log.info("called", host=host))).get("host") == host) is shown


def miss(secret: str) -> None:
    """Fails with a secret in the message and in a variable."""
    raise KeyError(secret)


def trouble(secret: str) -> None:
    """Fails with a secret in the message, in an argument, in a variable and in the first of two errors."""
    try:
        miss(secret)
    except KeyError as error:
        raise RuntimeError(f"could not store {secret}", secret) from error


def trouble_of_its_own(secret: str) -> None:
    """Fails with an error that says that it has nothing to do with the first."""
    try:
        miss(secret)
    except KeyError:
        raise ValueError(secret) from None


@pytest.mark.parametrize("form", ["json", "console"])
def test_an_exception_is_its_class_and_its_places_without_text_or_variables(form: Form) -> None:
    def say(log: Log) -> None:
        try:
            trouble(TIP)
        except RuntimeError as error:
            log.exception("web_fault", error, row=3)  # noqa: PLE1205, TRY401 - not the logging module

    line = written(say, form)

    assert "Mallory" not in line
    assert "RuntimeError" in line
    assert "KeyError" in line
    assert "unit/test_log.py:" in line
    assert "withheld" not in line


def test_the_places_lead_to_where_the_first_error_arose() -> None:
    capture = LogCapture()
    try:
        trouble(TIP)
    except RuntimeError as error:
        capture.log.exception("web_fault", error)  # noqa: PLE1205, TRY401 - not the logging module

    (event,) = capture.errors
    assert (event["error"], event["cause"]) == ("RuntimeError", "KeyError")
    assert event["frames"][-1].endswith(f"unit/test_log.py:{miss.__code__.co_firstlineno + 2}")


def test_an_error_whose_context_was_suppressed_stands_alone() -> None:
    capture = LogCapture()
    try:
        trouble_of_its_own(TIP)
    except ValueError as error:
        capture.log.exception("web_fault", error)  # noqa: PLE1205, TRY401 - not the logging module
    assert "cause" not in capture.errors[0]


def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    full = Path("/dev/full").open("w", encoding="utf-8")  # noqa: SIM115
    closed = io.StringIO()
    closed.close()
    for stream in (full, closed):
        get_log("test", stream=stream).info("delivered", row=1)
    with suppress(OSError):
        full.close()


def test_threads_write_whole_lines() -> None:
    stream = io.StringIO()
    log = get_log("test", stream=stream)

    def write() -> None:
        for row in range(50):
            log.info("delivered", row=row)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([json.loads(line) for line in stream.getvalue().splitlines()]) == 400


def test_debug_is_written_only_where_it_is_asked_for() -> None:
    stream = io.StringIO()
    get_log("test", stream=stream).debug("looked")
    assert stream.getvalue() == ""
    get_log("test", stream=stream, level="debug").debug("looked")
    assert json.loads(stream.getvalue())["level"] == "debug"


def test_a_capture_keeps_events_and_fails_on_what_may_not_be_logged() -> None:
    capture = LogCapture(Noon())
    capture.log.bind(helpdesk="district").warning("delivery_postponed", seconds=timedelta(seconds=2))
    capture.log.error("alarm", alarm="ticket-gone", subject="district 42")

    assert capture.named("delivery_postponed")[0]["seconds"] == 2.0
    assert [event["event"] for event in capture.events] == ["delivery_postponed", "alarm"]
    assert [event["event"] for event in capture.errors] == ["alarm"]
    with pytest.raises(FieldRefused, match="text may not be logged") as caught:
        capture.log.info("delivered", text=TIP)
    assert "Mallory" not in str(caught.value)
    with pytest.raises(FieldRefused, match="helpdesk may not be logged in this shape"):
        capture.log.info("delivered", helpdesk=PHONE)
    with pytest.raises(FieldRefused):
        capture.log.info(TIP)
    assert len(capture.events) == 2


def test_a_lenient_capture_shows_what_would_have_been_written() -> None:
    capture = LogCapture(strict=False)
    capture.log.info("delivered", text=TIP, row=None)
    assert capture.events[0]["withheld"] == 1
    assert capture.events[0]["row"] is None


def process_output(source: str) -> tuple[str, int]:
    """Everything that a process of its own prints after `configure_logging`, and how it ended."""
    program = "from connector.log import configure_logging\n" + textwrap.dedent(source)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr, done.returncode


LIBRARIES = (
    "urllib3.connectionpool",
    "waitress",
    "werkzeug",
    "sqlalchemy.engine",
    "apscheduler",
    "PIL",
    "flask.app",
)


def test_other_libraries_are_heard_by_level_and_name_alone() -> None:
    output, _ = process_output(
        f"""
        import logging, warnings
        early = logging.getLogger("urllib3.connectionpool")
        early.addHandler(logging.StreamHandler()); early.propagate = False; early.setLevel(logging.DEBUG)
        configure_logging()
        for name in {LIBRARIES!r}:
            logger = logging.getLogger(name)
            logger.info("GET /?%s", {ADDRESS!r})
            logger.warning("peer %s said %s", {ADDRESS!r}, {TIP!r}, extra={{"agent": {AGENT!r}}})
            try:
                raise ValueError({PHONE!r})
            except ValueError:
                logger.exception("while %s", {MAIL!r})
            logger.error("%d", {TIP!r})
        warnings.warn({TIP!r})
        """
    )
    events = [json.loads(line) for line in output.splitlines()]

    assert not any(canary in output for canary in (*CANARIES, "Mallory"))
    for name in LIBRARIES:
        assert [event["level"] for event in events if event.get("logger") == name] == [
            "warning",
            "error",
            "error",
        ]
    assert {event["event"] for event in events} == {"library_message"}
    assert "ValueError" in {event.get("error") for event in events}
    assert "py.warnings" in {event["logger"] for event in events}


def test_flask_and_werkzeug_tell_nothing_of_a_request_that_fails() -> None:
    output, code = process_output(
        f"""
        configure_logging()
        import threading
        from flask import Flask
        from urllib.request import Request, urlopen
        from urllib.error import HTTPError
        from werkzeug.serving import make_server

        app = Flask("programme")

        @app.post("/")
        def fail() -> str:
            raise RuntimeError({TIP!r})

        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            agent = {{"User-Agent": {AGENT!r}}}
            urlopen(Request(f"http://127.0.0.1:{{server.port}}/", {TIP!r}.encode(), agent))
        except HTTPError as error:
            assert error.code == 500
        server.shutdown()
        """
    )
    assert code == 0
    assert "Mallory" not in output
    assert "Mozilla" not in output
    assert "127.0.0.1" not in output
    assert "RuntimeError" in output


def test_an_exception_that_nobody_caught_leaves_no_text_behind() -> None:
    output, code = process_output(
        f"""
        import threading
        configure_logging()

        def fail():
            raise ValueError({TIP!r})

        class Leaves:
            def __del__(self):
                raise OSError({TIP!r})

        thread = threading.Thread(target=fail); thread.start(); thread.join()
        Leaves()
        raise RuntimeError({TIP!r})
        """
    )
    events = [json.loads(line) for line in output.splitlines()]

    assert code == 1
    assert "Mallory" not in output
    assert [(event["event"], event["error"]) for event in events] == [
        ("uncaught_in_thread", "ValueError"),
        ("unraisable", "OSError"),
        ("uncaught", "RuntimeError"),
    ]


def test_an_exit_that_was_asked_for_is_no_error() -> None:
    assert process_output("configure_logging()\nimport sys\nsys.exit(3)") == ("", 3)
