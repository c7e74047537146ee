"""All texts of the browser side of a form, by key, ready for translation. Knows nothing else.

Placeholders in braces are filled in by the page: `{time}`, `{item}`, `{text}`.
"""

from __future__ import annotations

# Needed before the first message; the same for everyone, so they may be synced in a trait.
EARLY: dict[str, str] = {
    "opening": "Opening your answers…",
    "slow": "This takes longer than it should. Your saved answers are safe. You can wait, or reload this page.",
    "again": "Try again",
    "working": "Working on it…",
    "download": "Download",
    "preparing": "Preparing your file…",
    "still": "Still preparing your file. You can leave this page open.",
    "unsaved": "Your last answer is not saved yet, so it would be missing. Press once more to go on without it.",
    "ready": "Your file is ready: {name}. Look in your downloads.",
    "share": "Share it",
    "copy": "Copy",
    "choose_file": "Choose a file",
    "at_most": "A file can have up to {limit} MB.",
    "too_big": "This file is larger than {limit} MB. It was not sent. Choose a smaller file.",
    "reading": "Reading {name}…",
    "sending": "Sending {name}…",
    "unreadable": "We could not read this file. Nothing was changed. Choose it again, or choose another file.",
}

FORM: dict[str, str] = {
    # saving
    "idle": "Your answers save as you type.",
    "saving": "Saving…",
    "saved": "Saved at {time}",
    "in_memory": "Here until you close this page. This browser does not save it.",
    "unsaved": "Not saved yet. This answer is still on this page. We are trying again.",
    "trying": "This answer is still on this page. We are trying again.",
    "stay": "Your last answer is not saved yet, so this page is still open. Press the link once more to leave anyway.",
    "restored": "We put back what was not saved.",
    "too_long": "This answer is longer than 100,000 characters. It is not saved. Shorten it to save it.",
    "too_long_line": "One answer is too long to save. It is still on this page.",
    "refused_line": "One answer could not be saved. It is still on this page.",
    "undone": "Undone and saved.",
    "undo_late": "Not undone yet. We are trying again.",
    # a question
    "why": "Why we ask",
    "optional": "optional",
    "unknown": "I do not know yet",
    "not_applicable": "Does not apply",
    "private": "Private. It stays out of documents.",
    "yes": "Yes",
    "no": "No",
    "choose": "Choose one",
    "clear": "Remove this answer",
    "nothing_to_pick": "There is nothing to choose from yet.",
    "no_answer": "Not answered yet",
    "copy": "Copy",
    "copied": "Copied.",
    "copy_by_hand": "Select the words to copy them.",
    "call": "Call {number}",
    "call_ext": "Call {number}, extension {ext}",
    "last4": "Only the last 4 characters are saved here.",
    "call_press": "Call {number}, then press {ext}",
    # dates
    "month": "Month",
    "month_choose": "Choose",
    "day": "Day",
    "year": "Year",
    "time": "Time",
    "about": "About then",
    "about_day": "about {day}",
    "today": "Use today's date",
    # clearing an answer
    "remove_ask": "Remove this answer?",
    "remove": "Remove",
    "keep": "Keep",
    "cleared": "You cleared this answer.",
    "replaced": "Your answer was replaced.",
    "undo": "Undo",
    "put_back": "Put it back",
    # another page, and errors
    "other": "Another page wrote: “{text}”",
    "other_blank": "Another page removed this answer.",
    "put_it_back": "Put it back",
    "gone": "This was removed on another page. What you typed is still here, but it is not saved.",
    "problem": "To check:",
    "problems": "Some answers need another look",
    # lists
    "item": "item",
    "numbered": "{item} {n}",
    "add": "Add another {item}",
    "remove_item": "Remove this {item}",
    "leave_out": "Leave out",
    "keep_private": "Is this private?",
    "kept_private": "Private",
    "removed": "Removed: {item}.",
    "used_by": "It was also used in: {names}.",
    "move_up": "Move up",
    "move_down": "Move down",
    "moved": "{item} is now number {n}.",
    # who said it
    "source_ask": "Who said this, and when?",
    "source_source": "Where does it come from?",
    "source_who": "Name",
    "source_on": "When was it said?",
    "source_how": "How do you know?",
    # an answer of the plan
    "answer": "Their answer",
    "answer_yes": "Yes",
    "answer_no": "No",
    "answer_depends": "It depends",
    "answer_unknown": "They did not know",
    "answer_detail": "What exactly did they say?",
    "answer_form": "How did they say it?",
    "form_verbal": "Spoken",
    "form_written": "In writing",
    "form_portal": "In the portal",
    # other blocks
    "say": "Words you can read aloud",
    "grid_row": "Row",
    "grid_blank": "Not answered yet",
    "done": "I am done with this step",
    "done_note": "Marked as done. You can still change your answers.",
}

# Used by Python if an error has no message of its own.
TROUBLE: dict[str, str] = {
    "open": "We could not open your answers. What was saved is safe. Reload this page to try again.",
    "save": "We could not save this answer.",
    "undo": "We could not undo this. Nothing was changed.",
    "press": "This did not work. Nothing was changed. Try it once more.",
    "make": "We could not make this file. Nothing was changed. Try it once more.",
    "upload": "We could not use this file. Nothing was changed.",
    "too_big": "This file is too large. Nothing was changed.",
}
