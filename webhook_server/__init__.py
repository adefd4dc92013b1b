"""Everything that listens: reporter pages, JSON API, helpdesk webhooks, health. One of the two homes of Flask."""
