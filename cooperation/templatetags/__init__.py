"""The words the templates of this floor have."""
