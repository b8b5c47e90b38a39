"""What all pages share: the page's title and layout."""

from __future__ import annotations

import streamlit as st

from views import race

STYLE = """
<style>
.stMainBlockContainer { padding: 0.75rem 1.25rem 4.5rem; max-width: none; }
.stAppHeader { height: 0; min-height: 0; }
@media (max-width: 640px) { .stMainBlockContainer { padding: 0.5rem 0.75rem 8rem; } }
</style>
"""

st.set_page_config(page_title="Descent Lab", layout="wide")
st.html(STYLE)
st.navigation([st.Page(race.page, title="Race", default=True)], position="hidden").run()
