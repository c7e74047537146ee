"""The insurance plan and the calls to it."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice
from .field_types import Count, Last4, Line, Money, Phone, Text
from .model import CaseModel, Item
from .partial_dates import Moment
from .words import asked


class PlanType(Choice):
    """Types of plans; each has its own rules."""

    ORIGINAL_MEDICARE = "original_medicare", "Original Medicare"
    MEDICARE_ADVANTAGE = "medicare_advantage", "Medicare Advantage"
    MEDIGAP = "medigap", "Original Medicare with Medigap (supplement)"
    DUAL = "dsnp", "Medicare and Medicaid in one plan (D-SNP)"
    MEDICAID_FFS = "medicaid_ffs", "Medicaid from the state"
    MEDICAID_MCO = "medicaid_mco", "Medicaid health plan"
    MARKETPLACE = "marketplace", "Marketplace plan"
    EMPLOYER_INSURED = "employer_insured", "Through work, fully insured"
    EMPLOYER_SELF_FUNDED = "employer_self_funded", "Through work, self-funded (the employer pays the claims)"
    FEHB = "fehb", "Federal employee plan (FEHB)"
    INDIVIDUAL = "individual", "Bought directly, not through work"
    HMO = "hmo", "HMO"
    PPO = "ppo", "PPO"
    EPO = "epo", "EPO"
    POS = "pos", "POS"
    TRICARE = "tricare", "TRICARE"
    VA = "va", "VA"
    NONE = "none", "No insurance"
    UNKNOWN = "unknown", "I do not know yet"


NETWORKS = frozenset((PlanType.HMO, PlanType.PPO, PlanType.EPO, PlanType.POS))
"""Network types that a card may show: Medicare Advantage, Medicaid and other plans all use them."""


class Plan(CaseModel):
    """The insurance plan; only the last four characters of the member number are stored."""

    type: PlanType | None = asked(
        "What kind of insurance is it?",
        short="Plan type",
        hint="It is often on the front of the card. If not, ask when you call.",
        why="Each kind of plan has its own rules and time limits.",
    )
    name: Line = asked("Name of the plan", "", short="Plan", tier=1)
    network: Line = asked(
        "Network type, if you know it", "", short="Network type", hint="Such as HMO, or PPO with two tiers."
    )
    funding: Line = asked("Who pays the claims: the insurer or the employer?", "", short="Funding")
    supplement: Line = asked(
        "Which plan pays second, if there is one?",
        "",
        short="Second plan",
        hint="Such as Medigap Plan G. The letter is on its card.",
    )
    member_id_last4: Last4 = asked(
        "Last 4 characters of the member number",
        "",
        short="Member number ends in",
        tier=1,
        aloud=True,
        hint="Only the last 4. Read the rest from the card when you call.",
    )
    phone: Phone = asked("Member phone number on the back of the card", "", short="Plan phone", tier=1, kind="phone")
    state: Line = asked("State the plan is from", "", short="Plan state", tier=1)
    year: Count | None = asked("For which plan year?", short="Plan year", tier=1)
    deductible: Money | None = asked("Yearly amount to pay first (deductible)", short="Deductible")
    deductible_met: Money | None = asked("How much of it is already paid?", short="Deductible paid so far")
    out_of_pocket_max: Money | None = asked(
        "The most to pay in a year (out-of-pocket limit)", short="Out-of-pocket limit"
    )
    out_of_pocket_met: Money | None = asked("How much of that is already paid?", short="Paid so far")


class Told(Choice):
    """The plan's answer."""

    YES = "yes", "Yes"
    NO = "no", "No"
    DEPENDS = "depends", "It depends"
    UNKNOWN = "unknown", "They did not know"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class Form(Choice):
    """The form in which an answer was given; a spoken answer is not a guarantee."""

    VERBAL = "verbal", "Spoken"
    WRITTEN = "written", "In writing"
    PORTAL = "portal", "In the portal"


class CoverageAnswer(CaseModel):
    """One answer of the plan."""

    answer: Told | None = asked("Answer", short="Answer")
    detail: Text = asked("What exactly did they say?", "", short="Detail")
    form: Form | None = asked("Spoken or in writing?", short="How given")


def _told(question: str, short: str, hint: str = "", why: str = "") -> CoverageAnswer:
    answer: CoverageAnswer = asked(question, CoverageAnswer(), short=short, hint=hint, why=why, kind="answer")
    return answer


AMOUNTS = ("cost_share", "deductible", "slide_review_cost", "visit_count")
"""The questions of a call that nobody answers with yes or no."""


class CallAnswers(CaseModel):
    """The answers that a call can bring; `packs/calls/plan.toml` says which questions a plan is asked.

    The words are those to read aloud in that list. `{year}` is the year of the visit and `{clinician}` the one to be
    seen, which `rules/care_year.py` knows.
    """

    referral: CoverageAnswer = _told(
        "{Do I|Does the patient} need a referral for this visit?",
        "Referral",
        "If yes: from whom, and how long is it good for?",
    )
    prior_auth: CoverageAnswer = _told(
        "{Do I|Does the patient} need permission from the plan before the visit, a prior authorization?",
        "Prior authorization",
        "If yes: who sends it in, and how long does it take?",
    )
    network: CoverageAnswer = _told("Is {clinician} in your network?", "In network")
    outside_network: CoverageAnswer = _told(
        "If {clinician} is not in your network, do you still pay a part?",
        "Outside the network",
        "Some plans pay less. Some pay nothing.",
    )
    cost_share: CoverageAnswer = _told(
        "What will {my|the patient's} share of the cost be in {year}?",
        "My share of the cost",
        "The copay, the deductible, or a percent.",
    )
    repeat_tests: CoverageAnswer = _told("If labs or scans are done again, are they covered?", "Repeat tests")
    facility_network: CoverageAnswer = _told("Is the hospital or clinic in the network?", "Clinic in network")
    lab_network: CoverageAnswer = _told("Is the lab in the network?", "Lab in network")
    pathology_network: CoverageAnswer = _told("Is the pathology group in the network?", "Pathology in network")
    imaging_network: CoverageAnswer = _told("Is the imaging center in the network?", "Imaging in network")
    gap_exception: CoverageAnswer = _told(
        "If no one in the network can do this, can {I|the patient} get an exception?",
        "Network exception",
        "It is called a network gap exception.",
    )
    visit_count: CoverageAnswer = _told("How many visits are covered?", "Number of visits")
    assignment: CoverageAnswer = _told(
        "Does {clinician} accept Medicare assignment?",
        "Medicare assignment",
        "That means they take the Medicare price as full payment. If the plan does not know, ask the office.",
    )
    deductible: CoverageAnswer = _told(
        "How much of the Part B deductible for {year} will be left to pay?", "Deductible left"
    )
    medigap: CoverageAnswer = _told(
        "Is there a Medigap plan on file? Does it pay {my|the patient's} share?",
        "Medigap",
        "Which one, and what it pays.",
    )
    virtual_covered: CoverageAnswer = _told("Is an online visit covered?", "Online visit")
    slide_review_cost: CoverageAnswer = _told(
        "What does it cost to have the slides looked at again?", "Cost of slide review"
    )


class CallOutcome(Choice):
    """The outcome of a call."""

    ANSWERED = "answered", "They answered"
    PARTLY = "partly", "They answered some of it"
    TRANSFERRED = "transferred", "I was transferred"
    REFUSED = "refused_no_authority", "They would not talk to me without a form"
    DROPPED = "dropped", "The call dropped"


class CoverageCall(Item):
    """One call to the plan."""

    NOUN: ClassVar[str] = "call"
    TITLE: ClassVar[tuple[str, ...]] = ("rep", "when")

    when: Moment | None = asked("When did you call?", short="When", tier=1)
    number: Phone = asked("Number you called", "", short="Number", tier=1, kind="phone")
    rep: Line = asked(
        "Who did you talk to?", "", short="Spoke with", tier=1, hint="A first name or agent number is enough."
    )
    reference: Line = asked(
        "Reference number of the call",
        "",
        short="Reference",
        tier=1,
        aloud=True,
        why="It lets the plan find the call again if a bill says something else.",
    )
    minutes: Count | None = asked("How long did it take?", short="Length", unit="minutes")
    with_whom: Line = asked("Who else was on the line?", "", short="On the line", tier=1)
    outcome: CallOutcome | None = asked("How did the call end?", short="Outcome")
    answers: CallAnswers = CallAnswers()
    notes: Text = asked("Anything else they said", "", short="Also said")
