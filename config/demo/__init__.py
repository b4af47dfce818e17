"""The demo: the network's own story from 2002 to 2009, and an invented network set today."""
