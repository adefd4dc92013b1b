"""The schema's history. Ships with the package; `connector.store.upgrade` runs it."""
