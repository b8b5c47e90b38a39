"""What a lesson's page says of a lecture hall's room."""

from __future__ import annotations

from locales import LANGUAGES, _, speaking


def words() -> dict[str, dict[str, str]]:
    """The sentences, by language: the page changes it without asking."""
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = sentences()
    return said


def sentences() -> dict[str, str]:
    return {
        "button": _("Room"),
        "title": _("A room in the lecture hall"),
        "teacher": _(
            "Students join with a code of four letters; their pages follow your step if they want, and you see how many answered, and what, once you "
            "show it. No names and no texts: only numbers, by a random id of each browser, in the server's memory. Such an id can be forged, so the "
            "answers are no vote. The room ends when you close it, after two hours in which nothing happens, or after six."
        ),
        "open": _("Open a room"),
        "study": _("Or join one, with the code on the screen:"),
        "student": _(
            "Your page follows the teacher's step if you want, and your prediction is counted without a name, by a random id of this browser, in the "
            "server's memory until the room ends. Such an id can be forged, so the answers are no vote."
        ),
        "code": _("Code"),
        "join": _("Join"),
        "shut": _("Close"),
        "room": _("Room {code}"),
        "follow": _("Follow the teacher"),
        "there": _("To the teacher's step"),
        "leave": _("Leave the room"),
        "about": _("What the room knows"),
        "predict": _("Predict: it is counted without a name."),
        "sending": _("On its way …"),
        "counted": _("Counted. You can still change it."),
        "shown": _("The teacher shows the answers."),
        "away": _("No connection; it comes back by itself."),
        "wall": _("Code on the screen"),
        "close": _("Close the room"),
        "counts": _("{students} here · {answers} answered"),
        "students": _("{students} here"),
        "show": _("Show the answers"),
        "hide": _("Hide the answers"),
        "bring": _("Bring the room here"),
        "way": _("Scan the code, or type the letters under"),
        "own": _("This server answers this computer only. Started with --server.address=0.0.0.0 it answers the others in the room too."),
        "alone": _("This computer has no address in a network: the link leads here from this computer only."),
    }
