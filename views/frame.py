"""The page script: every page's title and layout, and the table of the pages."""

from __future__ import annotations

import streamlit as st

from views import pages, styles
from views.catalogue.page import PAGE as CATALOGUE
from views.data.page import PAGE as DATA
from views.explore.page import PAGE as EXPLORE
from views.race.page import PAGE as RACE
from views.train.page import PAGE as TRAIN

PAGES = {"race": RACE, "explore": EXPLORE, "data": DATA, "train": TRAIN, "catalogue": CATALOGUE}

st.set_page_config(page_title="Descent Lab", layout="wide")
st.html(styles.STYLE)
pages.run(PAGES)
