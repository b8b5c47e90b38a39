"""Translations: what the program says, in English and in Korean, and how the strings are collected."""

from locales.translate import LANGUAGES, _, remarked, said, speak, speaking, translations

__all__ = ["LANGUAGES", "_", "remarked", "said", "speak", "speaking", "translations"]
