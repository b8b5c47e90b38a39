"""What every layer stands on: parameters that know their range, folders read as tables, errors that can be translated."""

from core.catalogue import Catalogue, Entry, catalogue, idea, paragraphs
from core.citation import Citation
from core.message import InputError, N_
from core.parameter import Array, Number, Range, Text, parameter, parameters, single, text_parameter, texts

__all__ = [
    "Array",
    "Catalogue",
    "Citation",
    "Entry",
    "InputError",
    "N_",
    "Number",
    "Range",
    "Text",
    "catalogue",
    "idea",
    "paragraphs",
    "parameter",
    "parameters",
    "single",
    "text_parameter",
    "texts",
]
