"""The reporter's pages: one neutral address, no account, no JavaScript needed, nothing kept on the device."""
