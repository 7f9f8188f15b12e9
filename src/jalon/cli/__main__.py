"""`python -m jalon.cli`."""

from jalon.cli import main

main()
