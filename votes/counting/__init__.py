"""Counting: one plain file per method, exact to the fraction, each result with the sentences that show it."""

ENGINE = "1.0.0"
