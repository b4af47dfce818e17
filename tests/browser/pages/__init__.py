"""Pages and a small server for the tests of the page's own script."""
