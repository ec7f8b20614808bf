"""Synthetic registers: nobody in them exists, everything in them is shaped like the real ones."""

from registers.seed.files import write
from registers.seed.sources.scale import Scale

__all__ = ["Scale", "write"]
