"""Arrays in, pictures out: Plotly figures as plain dictionaries, and SVG; nothing here knows Streamlit."""

from figures.code import MOST, code
from figures.contour import contour, kinds
from figures.curve import curve, sketch
from figures.differences import v_shape
from figures.field import field
from figures.formula import mathml, worked
from figures.looks import LOOKS, Look
from figures.rate_curve import TOTAL, rate_curve, variations
from figures.sliced import sliced
from figures.thumbnail import thumbnail

__all__ = [
    "LOOKS",
    "MOST",
    "TOTAL",
    "Look",
    "code",
    "contour",
    "curve",
    "field",
    "kinds",
    "mathml",
    "rate_curve",
    "sketch",
    "sliced",
    "thumbnail",
    "v_shape",
    "variations",
    "worked",
]
