"""The promises, by topic. `connector.testing.contract` puts them together."""
