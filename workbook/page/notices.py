"""The texts of the page frame and of its notices, in one place for translators. Knows the locale only."""

from __future__ import annotations

from workbook.locale import language, tr, use

WORDS: dict[str, str] = {
    "product": "Second Opinion Workbook",
    "skip": "Skip to the questions",
    "larger": "Larger text",
    "hide": "Hide this page",
    "hide_short": "Hide",
    "hide_hint": "To come back, open the address of the workbook again. Pressing Escape three times hides it too.",
    "side": "Steps",
    "loading": "Opening this page…",
    "home": "First page",
    "help": "Questions and sources",
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
    "updated": (
        "The workbook was updated while it was open. Close it and start it again. Your saved answers are safe. "
        "To close it, press Ctrl+C in the window where it was started."
    ),
    "demo": "This is a public demo. Do not type real names or health facts here. Nothing is saved.",
    "cell": "This part of the page (cell {number}) could not be shown.",
    "cell_named": "This part of the page (cell {number}: {name}) could not be shown.",
    "cell_safe": "Your saved answers are safe. The rest of the page still works.",
    "stopped": "The workbook stopped before this page was ready. What was saved is safe. Reload to go on.",
    "getting": "Getting the workbook ready: {done} of {total} MB. You can keep reading while you wait.",
    "starting": "The workbook is starting. You can keep reading while you wait.",
    "starting_slow": "The workbook is still starting. On an older phone this can take half a minute.",
    "elsewhere": "This workbook is open in another tab or window. Only one at a time can save your answers.",
    "elsewhere_take": "Use it here",
    "elsewhere_taken": (
        "Another tab or window is using the workbook now. "
        "What you type here is not saved until you use it here again, or close the other one."
    ),
    "private": (
        "This browser did not open the place where your answers are saved. Reload this page. "
        "If you see this again, use a normal window, not a private one."
    ),
    "forgets": (
        "This browser does not keep what you type here, as in a private window. "
        'Download the case file under "Workbooks and files" before you close this one.'
    ),
    "full": "This device is full, so your last answers are not saved. Free some space, then try again.",
    "disk": "This browser could not save your last answers. Keep this page open. We are trying again.",
    "damaged_store": "What was saved here cannot be read any more. Load your case file to go on.",
    "offline_start": "The workbook could not be downloaded. Connect to the internet, then try again.",
    "broken_start": "The workbook could not be started in this browser. Reload to try again, or use another browser.",
    "old_browser": "This browser is too old for the workbook. Use another one, or print the blank workbook.",
    "as_file": "This page was opened as a file. It works only from a web address.",
    "insecure": "This address is not secure, so the workbook cannot start. Open it with https:// at the beginning.",
    "print_blank": "Blank workbook to print",
    "newer": "A newer version of the workbook is ready.",
    "newer_use": "Use it now",
    "later_loading": "Getting what is needed for this: {done} of {total} MB.",
    "try_again": "Try again",
    "print": "Print",
    "picture": "A picture that this notebook made",
    "stopped_here": "The workbook stopped. What you typed is still on this page.",
    "silent": (
        "The workbook is busy or stuck. What you typed is still on this page. Wait a little, or start it again."
    ),
    "start_again": "Start it again",
    "phone_title": "Keep your answers on an iPhone or iPad",
    "phone_why": "Safari erases what a website saved after a week without a visit. The Home Screen has no such limit.",
    "phone_how": "Press the Share button, then “Add to Home Screen”. From then on, open the workbook there.",
    "phone_move": (
        "It starts out empty there. If you have already begun here, download the case file first, and load it there."
    ),
    "close": "Close",
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
    "not_made_title": "The document was not made",
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
