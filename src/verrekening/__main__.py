"""``python -m verrekening``."""

from verrekening.cli import main

if __name__ == "__main__":
    main()
