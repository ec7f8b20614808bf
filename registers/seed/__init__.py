"""Synthetic registers: nobody in them exists, and everything in them has the shape of the real ones."""

from registers.seed.files import write
from registers.seed.sources.scale import Scale

__all__ = ["Scale", "write"]
