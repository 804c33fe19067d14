"""Write docs/tables.md: `python -m rmscenario.tables docs/tables.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from rmscenario.tables.document import write_page

if __name__ == "__main__":
    write_page(Path(sys.argv[1]))
