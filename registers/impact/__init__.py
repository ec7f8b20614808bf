"""What a change does beyond the records it touches: to those who inherit, and to patients whose GP is written to."""
