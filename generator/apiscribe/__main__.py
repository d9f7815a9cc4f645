"""The command line as `python -m apiscribe`."""

from apiscribe.cli import main

if __name__ == "__main__":
    main()
