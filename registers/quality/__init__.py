"""Data quality: what in the registers breaks a rule of the field, and what mends it."""
