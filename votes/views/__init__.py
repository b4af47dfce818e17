"""The pages of the votes."""
