"""Everything that keeps a secret. The only home of `cryptography`.

Codes become keys (`codes`, `lanes`), messages are sealed to reporters (`mailbox`), what waits for delivery is under
service keys (`keyring`, `envelope`), answers are kept under the caller's own key (`idempotency`), inbox sessions live in
a sealed cookie (`sessions`). docs/architecture.md draws who can open what.
"""
