"""The icons of the player's buttons, drawn on a 24 × 24 grid; icons.LICENSE.txt says whose they are."""

PATHS = {
    "play": "M8 5v14l11-7z",
    "pause": "M6 5h4v14H6zM14 5h4v14h-4z",
    "restart": "M6 5h2.5v14H6zM20 5v14L9.5 12z",
    "back": "M15.5 6 9 12l6.5 6zM6 6h2v12H6z",
    "forward": "M8.5 6 15 12l-6.5 6zM16 6h2v12h-2z",
    "loop": "M7 7h8.5v3L20 6l-4.5-4v3H5v6h2zm10 10H8.5v-3L4 18l4.5 4v-3H19v-6h-2z",
    "link": "M3.9 12a3.1 3.1 0 0 1 3.1-3.1h4V7H7a5 5 0 0 0 0 10h4v-1.9H7A3.1 3.1 0 0 1 3.9 12"
    "zM8 13h8v-2H8zm9-6h-4v1.9h4a3.1 3.1 0 0 1 0 6.2h-4V17h4a5 5 0 0 0 0-10z",
    "picture": "M19 4H5a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V6a2 2 0 0 0-2-2zm0 14H5V6h14zM8.5 13.5l2.5 3 3.5-4.5 4 5H6z",
    "close": "M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12z",
    "export": "M5 20h14v-2H5zM19 9h-4V3H9v6H5l7 7z",
    "present": "M3 4h18v12H3zm2 2v8h14V6zM11 16h2v2h4v2H7v-2h4z",
    "full": "M14 3h7v7h-2V6.4l-5.3 5.3-1.4-1.4L17.6 5H14zM10 21H3v-7h2v3.6l5.3-5.3 1.4 1.4L6.4 19H10z",
    "classroom": "M12 5C6 5 2.5 12 2.5 12S6 19 12 19s9.5-7 9.5-7S18 5 12 5zm0 11a4 4 0 1 1 0-8 4 4 0 0 1 0 8zm0-2a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
    "undo": "M12.5 8c-2.7 0-5.1 1-6.9 2.6L2 7v9h9l-3.6-3.6A8 8 0 0 1 20 16l2.4-.8A10.5 10.5 0 0 0 12.5 8z",
    "down": "M7 10h10l-5 5z",
    "tune": "M4 6h8v2H4zm12 0h4v2h-4zM13 4h2v6h-2zM4 16h3v2H4zm7 0h9v2h-9zM8 14h2v6H8z",
    "delete": "M6 19c0 1.1.9 2 2 2h8c1.1 0 2-.9 2-2V7H6zM19 4h-3.5l-1-1h-5l-1 1H5v2h14z",
    "load": "M9 16h6v-6h4l-7-7-7 7h4zm-4 2h14v2H5z",
    "swap": "M7 11 3 15l4 4v-3h7v-2H7zm14-2-4-4v3h-7v2h7v3z",
    "home": "M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z",
}


def icon(name: str, css: str = "") -> str:
    """The icon as inline SVG, with a CSS class."""
    return f'<svg class="{css}" viewBox="0 0 24 24" aria-hidden="true"><path d="{PATHS[name]}"/></svg>'
