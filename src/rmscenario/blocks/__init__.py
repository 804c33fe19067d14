"""Numbered work, done in blocks by one process or many and kept on the disk as it goes."""

from rmscenario.blocks.fault import PoolError
from rmscenario.blocks.files import Arrays, BlockFolder
from rmscenario.blocks.run import Done, Pool, Work, kept_open, run_blocks

__all__ = ["Arrays", "BlockFolder", "Done", "Pool", "PoolError", "Work", "kept_open", "run_blocks"]
