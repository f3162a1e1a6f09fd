"""Why something can't be taken home."""


class ExportError(ValueError):
    """It would mislead, or is more than a file can hold; the message says why."""
