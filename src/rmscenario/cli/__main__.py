"""`python -m rmscenario.cli`."""

from __future__ import annotations

from rmscenario.cli.main import main

if __name__ == "__main__":
    main()
