"""The page in Streamlit, a file for each part of it; `state.py` owns the session's state."""
