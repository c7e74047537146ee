"""The texts of the page frame and of its notices, in one place for translators. Knows the locale only."""

from __future__ import annotations

from workbook.locale import language, tr, use

WORDS: dict[str, str] = {
    "product": "Second Opinion Workbook",
    "skip": "Skip to the questions",
    "larger": "Larger text",
    "hide": "Hide this page",
    "hide_hint": "Pressing Escape three times hides the page too.",
    "side": "Steps",
    "loading": "Opening this page…",
    "home": "Go to the first page",
    "help": "Common questions and sources",
    "disclaimer": (
        "This workbook helps you prepare. It is not medical advice. "
        "In an emergency, call 911 or your local emergency number."
    ),
    "noscript": (
        "This workbook needs JavaScript to save your answers. Turn it on in your browser, then reload this page."
    ),
    "lost": "The connection is lost. Keep this page open. We are trying to connect again.",
    "dead": "The workbook stopped. What was saved is safe. Reload to go on.",
    "reload": "Reload",
    "demo": "This is a public demo. Do not type real names or health facts here. Nothing is saved.",
    "cell": "This part of the page (cell {number}) could not be shown.",
    "cell_named": "This part of the page (cell {number}: {name}) could not be shown.",
    "cell_safe": "Your saved answers are safe. The rest of the page still works.",
    "stopped": "The workbook stopped before this page was ready. What was saved is safe. Reload to go on.",
    "refused_title": "This page needs its full address",
    "refused": ("Go back to the window where you started the workbook. Open the address shown there, all of it."),
    "host_title": "This address is not the workbook’s",
    "host": "Start the workbook on this computer, and open the address that it shows.",
    "missing_title": "There is no page here",
    "missing": "The address may be old or cut short. Your saved answers are safe.",
    "busy_title": "Many pages are open",
    "busy": "The workbook has as many pages open as it can handle. Close some of them, then reload this one.",
    "broken_title": "This page could not be opened",
    "broken": "Something went wrong on our side. Your saved answers are safe. Reload the page to try again.",
    "unreadable_title": "This page could not be read",
    "unreadable": "The notebook behind this page is damaged. Your saved answers are safe.",
}


def words(lang: str = "") -> dict[str, str]:
    """All texts of the frame by key, in `lang` or the current language."""
    before = language()
    if lang:
        use(lang)
    try:
        return {key: tr(text) for key, text in WORDS.items()}
    finally:
        use(before)
