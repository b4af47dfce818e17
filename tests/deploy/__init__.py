"""The shape of production, on loopback: what is tested is what is shipped."""
