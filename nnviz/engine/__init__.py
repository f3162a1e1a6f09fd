"""The engine: NumPy and pandas, and what reads files. It knows of no page and no chart."""
