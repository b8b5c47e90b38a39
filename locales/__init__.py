"""Translations, and how their strings are collected."""
