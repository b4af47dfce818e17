"""The pages of cooperation: a person's own, the network's, and its rules."""
