"""Programs to try Tipbridge out with: none of them imports anything of Tipbridge."""
