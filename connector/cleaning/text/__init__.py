"""A reporter's words: written plainly, and looked at for what could give the reporter away."""
