"""The pages of the workshops: they read, and hand what they read to the templates."""
