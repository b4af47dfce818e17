"""How much the live part costs, beside a bare server and the Channels tutorial's consumer: `make bench-live`."""
