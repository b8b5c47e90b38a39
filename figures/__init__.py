"""Arrays in, Plotly figures out, as plain dictionaries; nothing here knows Streamlit."""

from pathlib import Path

import plotly

from figures.contour import contour, magnified
from figures.looks import LOOKS, Look

PLOTLY_FOLDER = Path(plotly.__file__).parent / "package_data"
PLOTLY_VERSION = plotly.__version__

__all__ = ["LOOKS", "PLOTLY_FOLDER", "PLOTLY_VERSION", "Look", "contour", "magnified"]
