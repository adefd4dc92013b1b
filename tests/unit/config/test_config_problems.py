"""What is refused, under which id, and what the message says and does not say."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.config import Config, ConfigErrors, load_config
from connector.config.sections import HelpdeskKeys
from connector.errors import ConfigError
from connector.registry import CORE_KEYS, Registry

Problems = Callable[..., dict[str, str]]
Refusal = Callable[..., ConfigErrors]

HELPDESK = 'platform: paper, url: https://help.example.org, token: "${TOKEN}"'


def text(helpdesk: str = HELPDESK, school: str = "name: North, helpdesk: district", more: str = "") -> str:
    """A config with one helpdesk and one school."""
    return f"helpdesks: {{district: {{{helpdesk}}}}}\nschools: {{north-high: {{{school}}}}}\n{more}\n"


CASES = [
    (
        "CFG-E003",
        "helpdesks",
        "helpdesks: &loop {district: *loop}\nschools: {a: {name: A, helpdesk: district}}",
    ),
    ("CFG-E004", "serivce", text(more="serivce: {}")),
    ("CFG-E004", "service.lisen", text(more="service: {lisen: 127.0.0.1:80}")),
    ("CFG-E004", "helpdesks.district.grop", text(HELPDESK + ", grop: Safety")),
    ("CFG-E005", "service.listen", text(more="service: {listen: 127.0.0.1:1, listen: 127.0.0.1:2}")),
    ("CFG-E006", "schools.north-high.name", text(school="helpdesk: district")),
    ("CFG-E006", "helpdesks.district.token", text("platform: paper, url: https://help.example.org")),
    ("CFG-E006", "categories.drone.name", text(more="categories: {drone: {urgency: urgent}}")),
    ("CFG-E006", "helpdesks", "helpdesks: {}\nschools: {a: {name: A, helpdesk: b}}"),
    ("CFG-E007", "schools.north-high.name", text(school="name: 12, helpdesk: district")),
    ("CFG-E007", "service", text(more="service: 8080")),
    ("CFG-E007", "service.data_dir", text(more="service: {data_dir: 5}")),
    (
        "CFG-E007",
        "schools",
        'helpdesks: {district: {platform: paper, url: "https://h.org", token: t}}\nschools: [a]',
    ),
    ("CFG-E007", "helpdesks.two", "helpdesks: {two: yes}\nschools: {a: {name: A, helpdesk: two}}"),
    ("CFG-E007", "helpdesks.district.platform", text("platform: 5, url: https://help.example.org")),
    ("CFG-E007", "mailbox.keep_own", text(more="mailbox: {keep_own: 'true'}")),
    ("CFG-E008", "helpdesks.district.role", text(HELPDESK + ", role: police")),
    ("CFG-E008", "categories.weapon.urgency", text(more="categories: {weapon: {urgency: high}}")),
    ("CFG-E009", "helpdesks.district.concurrency", text(HELPDESK + ", concurrency: 33")),
    ("CFG-E009", "helpdesks.district.poll_every", text(HELPDESK + ", poll_every: 0s")),
    ("CFG-E009", "languages", text(more="languages: []")),
    ("CFG-E010", "helpdesks.district.timeout", text(HELPDESK + ", timeout: 30")),
    ("CFG-E009", "retention.mailbox", text(more="retention: {mailbox: 999999999d}")),
    ("CFG-E011", "limits.file_bytes", text(more="limits: {file_bytes: 200MiB}")),
    ("CFG-E012", "service.listen", text(more="service: {listen: 127.0.0.1}")),
    ("CFG-E012", "service.admin_listen", text(more="service: {admin_listen: 127.0.0.1:65536}")),
    ("CFG-E013", "service.public_url", text(more="service: {public_url: http://tips.example.org}")),
    ("CFG-E013", "service.public_url", text(more="service: {public_url: https://example.org/tips}")),
    ("CFG-E013", "service.public_url", text(more="service: {public_url: 'https://[oops'}")),
    ("CFG-E013", "helpdesks.district.url", text("platform: paper, url: http://help.example.org, token: t")),
    (
        "CFG-E013",
        "helpdesks.district.url",
        text("platform: paper, url: https://a:b@help.example.org, token: t"),
    ),
    (
        "CFG-E013",
        "helpdesks.district.url",
        text("platform: paper, url: https://help.example.org?a, token: t"),
    ),
    ("CFG-E013", "helpdesks.district.url", text("platform: paper, url: ftp://help.example.org, token: t")),
    (
        "CFG-E014",
        "schools.North",
        "helpdesks: {a: {platform: paper}}\nschools: {North: {name: N, helpdesk: a}}",
    ),
    (
        "CFG-E014",
        "schools.(line 2)",
        "helpdesks: {a: {platform: paper}}\nschools: {12: {name: N, helpdesk: a}}",
    ),
    ("CFG-E015", "schools.north-high.name", text(school='name: "North\\nHigh", helpdesk: district')),
    ("CFG-E016", "helpdesks.district.marker", text(HELPDESK + ", marker: Reporter")),
    ("CFG-E017", "languages[1]", text(more="languages: [en, Spanish]")),
    ("CFG-E017", "languages", text(more="languages: [en, en]")),
    ("CFG-E018", "service.database_url", text(more="service: {database_url: 'sqlite://'}")),
    ("CFG-E018", "service.database_url", text(more="service: {database_url: 'sqlite:///:memory:'}")),
    ("CFG-E018", "service.database_url", text(more="service: {database_url: 'mysql://a@b/c'}")),
    ("CFG-E019", "schools.north-high.timezone", text(school="name: N, helpdesk: district, timezone: Denver")),
    ("CFG-E020", "helpdesks.district.token", text(HELPDESK.replace("TOKEN", "NOT_SET"))),
    ("CFG-E020", "helpdesks.district.url", text('platform: paper, url: "${NOT_SET}", token: t')),
    ("CFG-E021", "helpdesks.district.token", text(HELPDESK.replace("${TOKEN}", "a${TOKEN}b"))),
    ("CFG-E021", "helpdesks.district.token", text(HELPDESK.replace("${TOKEN}", "${TOKEN:-x}"))),
    ("CFG-E022", "helpdesks.district.token", text(HELPDESK.replace("${TOKEN}", "file:no-such-file"))),
    ("CFG-E023", "helpdesks.district.token", text(HELPDESK.replace("${TOKEN}", "two\\nlines"))),
    ("CFG-E024", "helpdesks.district.token", text(HELPDESK + ', webhook_secret: "${TOKEN}"')),
    ("CFG-E030", "hotline", text(more="hotline: {number: null}")),
    ("CFG-E006", "vault.custodians", text(more="vault: {quorum: 2}")),
    ("CFG-E009", "vault.quorum", text(more="vault: {quorum: 0, custodians: {a: file:a.pub}}")),
    ("CFG-E009", "vault.custodians", text(more="vault: {quorum: 1, custodians: {}}")),
    ("CFG-E037", "vault", text(more="vault: {quorum: 2, custodians: {a: file:a.pub}}")),
    ("CFG-E038", "vault.custodians.a", text(more="vault: {quorum: 1, custodians: {a: a.pub}}")),
    ("CFG-E030", "cleaning", text(more="cleaning: {photos: recode}")),
    (
        "CFG-E030",
        "schools.north-high.hours",
        text(school="name: N, helpdesk: district, hours: {mon-fri: 8-16}"),
    ),
    (
        "CFG-E034",
        "schools.north-high.escalation",
        text(school="name: N, helpdesk: district, escalation: standard"),
    ),
    (
        "CFG-E014",
        "escalation.policies",
        text(
            more="channels: {email: {host: h, from: t@b.org}}\n"
            "contacts: {a: {name: A, email: a@b.org}}\n"
            "escalation: {policies: {none: {steps: [{contact: a, via: [email]}]}}}"
        ),
    ),
    ("CFG-E050", "contacts.a.phone", text(more="contacts: {a: {name: A, phone: '5055550101'}}")),
    ("CFG-E050", "contacts.a.phone", text(more="contacts: {a: {name: A, phone: 5055550101}}")),
    ("CFG-E051", "contacts.a.phone", text(more="contacts: {a: {name: A, phone: '+1911'}}")),
    ("CFG-E052", "contacts.a.phone", text(more="contacts: {a: {name: A, phone: '+19005550101'}}")),
    ("CFG-E053", "contacts.a.email", text(more="contacts: {a: {name: A, email: 'A <a@b.org>'}}")),
    ("CFG-E054", "contacts.a.away[0]", text(more="contacts: {a: {name: A, email: a@b.org, away: [Monday]}}")),
    (
        "CFG-E054",
        "contacts.a.away[0]",
        text(more="contacts: {a: {name: A, email: a@b.org, away: ['2026-12-24..2026-12-01']}}"),
    ),
    ("CFG-E055", "contacts.a", text(more="contacts: {a: {name: A}}")),
    ("CFG-E056", "contacts.a.agency", text(more="contacts: {a: {name: A, email: a@b.org, agency: PD}}")),
    (
        "CFG-E057",
        "escalation.policies.p.steps[0].via",
        text(
            more="contacts: {a: {name: A, email: a@b.org}}\n"
            "escalation: {policies: {p: {steps: [{contact: a, via: [email]}]}}}"
        ),
    ),
    (
        "CFG-E034",
        "escalation.policies.p.steps[0].contact",
        text(
            more="channels: {email: {host: h, from: t@b.org}}\n"
            "escalation: {policies: {p: {steps: [{contact: a, via: [email]}]}}}"
        ),
    ),
    ("CFG-E031", "identity.capture", text(more="identity: {capture: [ip]}")),
    ("CFG-E032", "categories.weapon.seal_files", text(more="categories: {weapon: {seal_files: true}}")),
    ("CFG-E033", "categories.other", text(more="categories: {other: null}")),
    ("CFG-E034", "schools.north-high.helpdesk", text(school="name: N, helpdesk: distrct")),
    ("CFG-E034", "categories.wepon", text(more="categories: {wepon: null}")),
    ("CFG-E035", "service.admin_listen", text(more="service: {admin_listen: 127.0.0.1:8080}")),
    ("CFG-E036", "helpdesks.district.group", text(HELPDESK + ", group: Attic")),
    ("CFG-E070", "helpdesks.district.platform", text("platform: papr")),
]


@pytest.mark.parametrize(("error_id", "path", "written"), CASES)
def test_each_mistake_is_refused_under_its_id_at_its_path(
    problems: Problems, error_id: str, path: str, written: str
) -> None:
    assert problems(written).get(path) == error_id


FOLLOWED = {"helpdesks", "helpdesks.two", "schools", "schools.North", "schools.(line 2)"}
"""Paths in CASES whose mistake leaves a school or helpdesk out, which is a problem of its own."""


@pytest.mark.parametrize(
    ("error_id", "path", "written"),
    [case for case in CASES if case[1] not in FOLLOWED and case[2].startswith("helpdesks: {district")],
)
def test_one_mistake_is_one_problem(problems: Problems, error_id: str, path: str, written: str) -> None:
    assert problems(written) == {path: error_id}


def test_all_problems_of_a_file_are_reported_at_once(problems: Problems) -> None:
    found = problems(
        text(
            HELPDESK + ", concurrency: 99, marker: x",
            "name: 5, helpdesk: nowhere, timezone: Mars",
            "service: {listen: x, lisen: y}\nhotline: {}\ncategories: {other: null}\nlimits: {files: many}",
        )
    )
    assert found == {
        "hotline": "CFG-E030",
        "service.listen": "CFG-E012",
        "service.lisen": "CFG-E004",
        "limits.files": "CFG-E007",
        "helpdesks.district.concurrency": "CFG-E009",
        "helpdesks.district.marker": "CFG-E016",
        "categories.other": "CFG-E033",
        "schools.north-high.name": "CFG-E007",
        "schools.north-high.timezone": "CFG-E019",
    }


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        (text(more="serivce: {}"), "did you mean service?"),
        (text(more="servces: {}"), "did you mean service?"),
        (text(more="helpdesk: {}"), "did you mean helpdesks?"),
        (text(HELPDESK + ", pol_every: 5s"), "did you mean poll_every?"),
        (text(HELPDESK + ", grop: Safety"), "did you mean group?"),
        (text(HELPDESK + ", GROUP: Safety"), "did you mean group?"),
        (text(school="name: N, helpdesk: district, holydays: {}"), "did you mean holidays?"),
        (text(school="name: N, helpdesk: distrct"), "did you mean district?"),
        (text(school="name: N, helpdesk: zzz"), "name one of district"),
        (text(school="name: N, helpdesk: district, timezone: america/denvr"), "did you mean America/Denver?"),
        (text("platform: papr"), "did you mean paper?"),
        (text("platform: zzz"), "known are paper, trusting"),
        (text(more="mailbox: {zzz: 1}"), "known are keep_own"),
        (text(HELPDESK + ", poll_every: 2d"), "write a duration from 1ms to 1d"),
        (text(HELPDESK + ", timeout: 0ms"), "write a duration from 1ms to 10m"),
        (text(HELPDESK + ", concurrency: 0"), "write at least 1"),
        (text(HELPDESK + ", role: police"), "write school or law-enforcement"),
    ],
)
def test_the_remedy_names_what_was_probably_meant(refusal: Refusal, written: str, suggestion: str) -> None:
    assert suggestion in [problem.remedy for problem in refusal(written).problems]


def test_the_plugins_own_word_on_a_setting_is_passed_on_unless_it_holds_a_secret(refusal: Refusal) -> None:
    said = refusal(text(HELPDESK + ", group: Attic")).what
    assert said == "helpdesks.district.group: is not accepted by the plugin (the attic takes no tickets)"

    said = str(refusal(text(), {"TOKEN": "password1"}))
    assert "password1" not in said
    assert said.startswith("CFG-E036 helpdesks.district.token: is not accepted by the plugin;")


def test_the_text_has_one_line_for_each_problem_with_id_path_and_remedy(refusal: Refusal) -> None:
    error = refusal(text(school="helpdesk: district", more="serivce: {}"))

    lines = str(error).splitlines()
    assert len(lines) == len(error.problems) == 2
    assert lines[0] == "CFG-E004 serivce: is no setting; did you mean service?"
    assert all(re.fullmatch(r"CFG-E\d{3} \S+: .+; .+", line) for line in lines)
    assert (error.error_id, error.what) == (error.problems[0].error_id, error.problems[0].what)
    assert all(type(problem) is ConfigError for problem in error.problems)


SECRET = st.text(alphabet="abcdefghijkXYZ0123456789!@#%*&-:", min_size=12, max_size=30)


@given(secret=SECRET)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize(
    "place",
    [
        "helpdesks.district: {{platform: paper, url: {}, token: t}}",
        "helpdesks.district: {{platform: paper, url: https://h.example.org, token: [{}]}}",
        "helpdesks.district: {{platform: paper, url: https://h.example.org, token: t, concurrency: {}}}",
        "helpdesks.district: {{platform: {}}}",
        "schools.north: {{name: North, helpdesk: {}}}",
        "schools.north: {{name: North, helpdesk: district, timezone: {}}}",
        "service.database_url: {}",
        "service.public_url: {}",
        "service.listen: {}",
        "limits.file_bytes: {}",
        "retention.mailbox: {}",
        "identity.capture: [{}]",
        "languages: [{}]",
    ],
)
def test_a_secret_in_the_wrong_place_is_not_repeated_in_any_message(
    refusal: Refusal, place: str, secret: str
) -> None:
    path, _, value = place.partition(": ")
    section, _, rest = path.partition(".")
    quoted = value.format('"' + secret + '"')
    written = f"{section}: {{{rest}: {quoted}}}" if rest else f"{section}: {quoted}"
    assert secret not in str(refusal(written))


def test_keys_of_the_core_are_those_that_the_registry_keeps_from_plugins() -> None:
    assert set(HelpdeskKeys.model_fields) == CORE_KEYS


def test_every_error_id_of_the_config_has_a_case_here() -> None:
    elsewhere = {"CFG-E001", "CFG-E002", "CFG-E040", "CFG-E041"}
    sources = (Path(load_config.__code__.co_filename).parent).glob("*.py")
    raised = {
        found for source in sources for found in re.findall(r"CFG-E\d{3}", source.read_text(encoding="utf-8"))
    }
    assert raised - elsewhere == {case[0] for case in CASES} - {"CFG-E070"}


def test_loading_reads_nothing_but_the_file_and_the_environment_it_is_handed(
    registry: Registry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "from-the-process")
    path = tmp_path / "config.yaml"
    path.write_text(text(), encoding="utf-8")

    config: Config = load_config(path, registry, {"TOKEN": "from-the-mapping"})

    settings_given = config.helpdesks["district"].settings.model_dump()
    assert settings_given["token"].get_secret_value() == "from-the-mapping"
    assert [entry.name for entry in tmp_path.iterdir()] == ["config.yaml"]
