"""The votes: one test per sentence of the law of voting."""
