"""What a change does beyond the records it touches: to parties that inherit, and to patients whose GP is written to."""
