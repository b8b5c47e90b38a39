"""What leaves the program: tables, pages that need no server, code, words, and pictures made without a browser.

Everything here is made of a link's settings, says that link, and needs no Streamlit.
"""
