"""Numbered work, done in blocks by one process or many and kept on the disk as it goes."""

from rmscenario.blocks.fault import PoolError
from rmscenario.blocks.files import Arrays, BlockFolder, Kept
from rmscenario.blocks.run import Done, Pool, Work, kept_open, run_blocks
from rmscenario.blocks.stream import streamed

__all__ = ["Arrays", "BlockFolder", "Done", "Kept", "Pool", "PoolError", "Work", "kept_open", "run_blocks", "streamed"]
