"""`python -m rmscenario.cli`."""

from __future__ import annotations

from rmscenario.cli import main

if __name__ == "__main__":
    main()
