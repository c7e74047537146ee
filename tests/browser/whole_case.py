"""A whole case, as a person fills it in: used in both homes."""

from __future__ import annotations

import datetime as dt

from tests.days import next_year, today

from .flow import Person


def one(me: Person) -> None:
    me.choose(
        "What should the second opinion do?", "Make sure the diagnosis is right", "Find out if surgery is really needed"
    )
    me.write("Say it in your own words", "Is there a way without the operation?")
    me.open("How you are now")
    me.write("What bothers you most, and since when?", "Both legs go numb after a block, since May")
    me.write("What has been tried so far, and did it help?", "Eight weeks of exercise, helped a little")
    me.open("The dates, and the decision")
    me.write("What is the decision?", "Spine fusion now, or exercise first")
    me.day("When do you need to decide?", "March", "9", next_year())
    me.group("How long can it wait, according to a clinician?").get_by_label("I do not know yet").check()
    found = me.add("Add a diagnosis")
    me.write("What diagnosis were you given?", "Narrow spinal canal", found)
    me.choose("How sure are they?", "Confirmed", within=found)
    me.write("What matters?", "Dancing with Otilia", me.add("Add something that matters"))
    who = me.open("Name and birth date")
    me.write("Your full name", "Quill Marrowby", who)
    me.day("Your date of birth", "July", "4", "1961", within=who)


def two(me: Person) -> None:
    for name, part, phone in (
        ("Dr. Aster Holm", "Gave the first opinion", "555-0101"),
        ("Dr. Bram Okafor", "Second opinion", "555-0102"),
    ):
        entry = me.add("Add a clinician")
        me.write("Clinician's name", name, entry)
        me.choose("What is their role?", part, within=entry)
        me.write("Office phone", phone, entry)
        if part == "Second opinion":  # the doctor one has is not asked how a first visit there would be
            more = me.open("Online or in person", entry)
            me.choose("Can the visit be online?", "Yes", within=more)
            needs = me.open("What they need before the visit", entry)
            me.write("How long is the visit?", "40", needs)


def three(me: Person) -> None:
    me.write("Member phone number on the back of the card", "1-555-210-7788")
    me.select("What kind of insurance is it?", "PPO")
    call = me.add("Add a call")
    ask = me.group("Do I need a referral for this visit?", call)
    me.choose("Their answer", "No", within=ask)
    me.write("What exactly did they say?", "No referral for a spine clinic", ask)
    me.choose("How did they say it?", "Spoken", within=ask)
    me.write("Who did you talk to?", "Pernilla from member care", call)
    when = me.group("When did you call?", call)
    when.get_by_role("button", name="Use today's date").click()
    when.get_by_label("Time").fill("10:45 am")
    me.write("Reference number of the call", "REF-90210-K", call)
    me.choose("How did the call end?", "They answered", within=call)
    paid = me.open("The deductible, and what has been paid so far", me.open("Costs, networks, a written estimate"))
    me.write("Yearly amount to pay first (deductible)", "1500", paid)


def four(me: Person) -> None:
    record = me.add("Add a record")
    me.write("What is it?", "Film of the lower back, standing", record)
    me.choose_any("Do you have it yet?", "Asked for", record)
    pill = me.add("Add a medicine")
    me.write("Medicine", "Gabapentin", pill)
    me.write("How much and how often?", "300 mg at night", pill)
    me.choose("Did you ask for one complete packet?", "Yes", within=me.open("Your own folder, and what you did"))


def requests(me: Person) -> None:
    asked = me.add("Write a letter")
    me.write("Which office has the records?", "Harbor Imaging", asked)
    me.choose_any("Which records are you asking for?", "Film of the lower back, standing", asked)
    me.choose_any("What is the status of this request?", "Sent", asked)
    sent = today() - dt.timedelta(days=10)
    me.day("Sent on", f"{sent:%B}", str(sent.day), str(sent.year), within=asked)
    me.choose("Sent by", "Fax", within=asked)


def five(me: Person) -> None:
    visit = me.add("Add a visit")
    me.choose("With which clinician?", "Dr. Bram Okafor", within=visit)
    question = me.add("Add a question")
    me.write("Your question", "What happens if I dance before it heals?", question)
    few = me.open("Which ones matter most?")
    me.tick("What happens if I dance before it heals?", few)
    me.write("What was the answer?", "Slow dances after six weeks", question)
    me.choose("Who answered?", "Dr. Bram Okafor", within=question)
    me.write("Who will take notes?", "Otilia")


def six(me: Person) -> None:
    for name, said, plan in (
        ("Dr. Aster Holm", "Stenosis at L4-L5", "Fusion in March"),
        ("Dr. Bram Okafor", "Stenosis, no slipping", "Exercise for three months"),
    ):
        entry = me.add("Add an opinion")
        me.choose("Whose opinion is it?", name, within=entry)
        me.write("What do they say it is?", said, entry)
        me.write("What do they recommend?", plan, entry)
    me.saved()


def grid(me: Person) -> None:
    """Needs the opinions of the previous page."""
    for name, number in (("Dr. Aster Holm", 1), ("Dr. Bram Okafor", 2)):
        seen = me.open(f"What did {name} see?")
        seen.get_by_label(f"Film of the lower back, standing, {name}").select_option(index=number)
    me.choose("Do they agree on the diagnosis?", "The same")
    me.choose("Do they agree on the treatment?", "Different")


def decide(me: Person) -> None:
    me.write("What did you decide?", "Exercise first, then look again in June")


STEPS = [
    ("Set the goal", "1-goal", [one]),
    ("Choose who to ask", "2-clinician", [two]),
    ("Call the insurance plan", "3-insurance", [three]),
    ("Gather the records", "4-records", [four]),
    ("Ask for missing records", "4-requests", [requests]),
    ("Get ready for the visit", "5-visit", [five]),
    ("Compare the opinions", "6-compare", [six, "reload", grid]),
    ("Decide, and tell everyone", "6-decide", [decide]),
    ("Check the answers and make the packet", "7-packet", []),
]


def fill(me: Person) -> None:
    """Every step, from nothing; each is marked as done."""
    me.begin("Dance")
    for link, name, parts in STEPS:
        me.follow(link, name)
        for part in parts:
            if part == "reload":
                me.go(name)
            else:
                part(me)
        if name != "7-packet":
            me.page.get_by_label("I am done with this step").check()
        me.saved()
