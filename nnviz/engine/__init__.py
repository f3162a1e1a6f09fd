"""The engine: NumPy and pandas alone. It knows of no page and no chart."""
