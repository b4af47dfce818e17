"""Tests that drive a real chromium."""
