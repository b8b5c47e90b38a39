"""Arrays in, pictures out: Plotly figures as plain dictionaries, and SVG; nothing here knows Streamlit."""

from pathlib import Path

import plotly

from figures.code import MOST, code
from figures.contour import contour, kinds
from figures.field import field
from figures.formula import mathml, worked
from figures.looks import LOOKS, Look
from figures.rate_curve import TOTAL, rate_curve, variations
from figures.thumbnail import thumbnail

PLOTLY_FOLDER = Path(plotly.__file__).parent / "package_data"
PLOTLY_VERSION = plotly.__version__

__all__ = [
    "LOOKS",
    "MOST",
    "PLOTLY_FOLDER",
    "PLOTLY_VERSION",
    "TOTAL",
    "Look",
    "code",
    "contour",
    "field",
    "kinds",
    "mathml",
    "rate_curve",
    "thumbnail",
    "variations",
    "worked",
]
