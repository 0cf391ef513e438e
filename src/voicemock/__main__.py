"""`python -m voicemock`."""

from voicemock.cli import main

if __name__ == "__main__":
    main()
