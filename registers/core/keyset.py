"""The key of a row in the order of its list: what a page starts after."""

Key = tuple[str | int, ...]
