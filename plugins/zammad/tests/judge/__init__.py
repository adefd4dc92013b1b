"""The judge: the exchanges recorded from a live server, the stage they are played on again, and the
comparison."""
