"""The lessons: pages without Streamlit, made of the lesson's file and the player's modules."""
