"""The main job, end to end, on real input: browsers, sockets, a network that breaks."""
