"""Only what staff addressed to the reporter reads so; every other article of Zammad's does not."""

from connector.domain.relay import Verdict
from connector.plugin_api import Article, Audience, Author, HelpdeskPlugin
from connector.testing.steps import new_ticket, verdict_on
from plugins.zammad.tests.conftest import Build
from plugins.zammad.tests.fake import FakeZammad, signed

DISCARD = "reporter@tips.example.org"


def newest(plugin: HelpdeskPlugin, ticket_id: str) -> Article:
    return plugin.read_ticket(ticket_id).articles[-1]


def opened(plugin: HelpdeskPlugin, reference: str = "TIP-1234-5678") -> tuple[str, int]:
    ticket_id = plugin.open_ticket(new_ticket(reference)).ticket_id
    return ticket_id, int(ticket_id)


def test_the_memo_of_a_call_stays_inside(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    ticket_id, key = opened(tips)
    zammad.agent.phone(key, "I have called her mother.")
    assert newest(tips, ticket_id).audience is Audience.ELSEWHERE
    assert verdict_on(newest(tips, ticket_id))[0] is Verdict.ELSEWHERE


def test_without_a_reply_address_no_mail_is_for_the_reporter(
    tips: HelpdeskPlugin, zammad: FakeZammad
) -> None:
    zammad.group_sends_from("safety@school.example.org")
    ticket_id, key = opened(tips)
    for to in (DISCARD, "parent@example.org"):
        zammad.agent.email(key, to=to, body="Dear parents")
        assert verdict_on(newest(tips, ticket_id))[0] is Verdict.ELSEWHERE


def test_the_reply_button_speaks_to_the_reporter_and_to_nobody_else(build: Build, zammad: FakeZammad) -> None:
    zammad.group_sends_from("safety@school.example.org")
    tips = build(reply_address=DISCARD)
    ticket_id, key = opened(tips)
    assert zammad.articles(key)[0]["type"] == "web"
    zammad.agent.email(key, to=f"Anonymous Reporter <{DISCARD}>", body=signed("Are you safe?"), html=True)
    assert newest(tips, ticket_id).audience is Audience.REPORTER
    for to, cc in (
        (f"{DISCARD}, parent@example.org", None),
        (DISCARD, "police@example.org"),
        ("parent@example.org", None),
    ):
        zammad.agent.email(key, to=to, cc=cc, body="Dear parents")
        assert newest(tips, ticket_id).audience is Audience.ELSEWHERE, (to, cc)


def test_an_internal_mail_is_no_note_to_put_a_marker_on(build: Build, zammad: FakeZammad) -> None:
    zammad.group_sends_from("safety@school.example.org")
    tips = build()
    ticket_id, key = opened(tips)
    zammad.agent.email(key, to="police@example.org", body="@reporter is my colleague", internal=True)
    assert verdict_on(newest(tips, ticket_id))[0] is not Verdict.RELAY


def test_an_agents_web_article_is_an_answer(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    ticket_id, key = opened(tips)
    zammad.agent.web(key, "We are on our way.")
    assert verdict_on(newest(tips, ticket_id)) == (Verdict.RELAY, "We are on our way.")


def test_the_note_that_a_merge_leaves_is_nobodys_answer(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    source, _ = opened(tips)
    target, _ = opened(tips, "TIP-1234-5679")
    zammad.agent.merge(int(source), int(target))
    marker = newest(tips, source)
    assert (marker.body, marker.author) == ("merged", Author.AUTOMATION)


def test_a_person_may_still_write_the_word_merged(tips: HelpdeskPlugin, zammad: FakeZammad) -> None:
    ticket_id, key = opened(tips)
    zammad.agent.reply_note(key, "merged")
    assert verdict_on(newest(tips, ticket_id)) == (Verdict.RELAY, "merged")


def test_our_articles_stay_ours_when_the_account_is_changed(
    tips: HelpdeskPlugin, build: Build, zammad: FakeZammad
) -> None:
    ticket_id, _ = opened(tips)
    successor = zammad.hire("second", "Second", "Connector", rights={3: ["read", "create", "change"]})
    articles = build(token=successor.token).read_ticket(ticket_id).articles
    assert {article.author for article in articles} == {Author.CONNECTOR}
    assert articles[0].reference == "TIP-1234-5678/tip"


def test_a_state_that_a_person_set_reads_so_and_ours_does_not(
    tips: HelpdeskPlugin, zammad: FakeZammad
) -> None:
    ticket_id, key = opened(tips)
    assert not tips.read_ticket(ticket_id).state_set_by_person
    zammad.agent.set_state(key, "open")
    assert tips.read_ticket(ticket_id).state_set_by_person
