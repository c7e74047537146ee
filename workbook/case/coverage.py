"""What the plan asks for and decides: referrals, prior authorizations, denials, costs."""

from __future__ import annotations

from typing import ClassVar

from .choices import Choice, Evidence, YesNo
from .field_types import Count, Flag, Line, Money, Ref, Text
from .items import Items
from .model import CaseModel, Item
from .partial_dates import Day, Moment
from .plan import CoverageCall, Plan, PlanType
from .words import asked


class ReferralState(Choice):
    """The status of a referral."""

    NEEDED = "needed", "Needed"
    REQUESTED = "requested", "Asked for"
    APPROVED = "approved", "Approved"
    DENIED = "denied", "Denied"
    EXPIRED = "expired", "Expired"


class Referral(Item):
    """A referral: permission from one doctor to see another."""

    NOUN: ClassVar[str] = "referral"
    TITLE: ClassVar[tuple[str, ...]] = ("to", "number")

    state: ReferralState | None = asked("How far along is the referral?", short="Status")
    number: Line = asked("Referral number", "", short="Number", tier=1, aloud=True)
    sender: Line = asked("From which doctor?", "", short="From", tier=1)
    to: Line = asked("To which clinician?", "", short="To", tier=1)
    valid_from: Day | None = asked("Good from", short="Good from", tier=1)
    valid_to: Day | None = asked(
        "Good until", short="Good until", tier=1, why="A referral can expire before the visit."
    )
    visits: Count | None = asked("How many visits does it allow?", short="Visits allowed")
    used: Count | None = asked("How many are used?", short="Visits used")
    plan: PlanType | None = asked(
        "Which plan is it for?", short="Plan", hint="Only if it is not the plan on this page."
    )


class Urgency(Choice):
    """How fast a plan must decide."""

    STANDARD = "standard", "Standard"
    URGENT = "urgent", "Urgent (expedited)"


class PriorAuthState(Choice):
    """The status of a prior authorization."""

    NOT_NEEDED = "not_needed", "Not needed"
    TO_SUBMIT = "to_submit", "Not sent in yet"
    SUBMITTED = "submitted", "Sent in"
    MORE_INFO = "more_info", "The plan wants more information"
    APPROVED = "approved", "Approved"
    PARTLY = "partly", "Partly approved"
    DENIED = "denied", "Denied"
    EXPIRED = "expired", "Expired"


class PriorAuth(Item):
    """A prior authorization: the plan's approval before a service."""

    NOUN: ClassVar[str] = "prior authorization"
    TITLE: ClassVar[tuple[str, ...]] = ("service",)

    service: Line = asked("For which service?", "", short="Service")
    code: Line = asked(
        "Procedure code (CPT), if you have it",
        "",
        short="Code",
        aloud=True,
        hint="The doctor's office knows it.",
    )
    state: PriorAuthState | None = asked("How far along is it?", short="Status")
    submitted_on: Moment | None = asked(
        "Sent in on", short="Sent in", tier=1, hint="For an urgent request, write down the time too."
    )
    urgency: Urgency | None = asked("Standard or urgent?", short="Speed")
    decision_due: Day | None = asked(
        "By what date did the plan say it would decide?", short="Decision due", tier=1, source=True
    )
    extension_letter_on: Day | None = asked(
        "If the plan wrote that it needs more time: the date of that letter", short="Letter about more time", tier=1
    )
    info_letter_on: Day | None = asked(
        "Date on the letter that asks for more information", short="Letter asking for information", tier=1
    )
    info_due: Day | None = asked("By what date does the plan want the information?", short="Information due", tier=1)
    info_sent_on: Day | None = asked("When was the information sent to the plan?", short="Information sent", tier=1)
    notice_date: Day | None = asked("Date on the decision letter", short="Letter dated", tier=1)
    received_on: Day | None = asked("Day the letter arrived", short="Letter arrived", tier=1)
    plan: PlanType | None = asked(
        "Which plan was asked?", short="Plan asked", hint="Only if it is not the plan on this page."
    )
    reason: Text = asked("Reason the plan gave", "", short="Reason")
    number: Line = asked("Approval number", "", short="Approval number", tier=1, aloud=True)
    valid_to: Day | None = asked("Good until", short="Good until", tier=1)


class DenialState(Choice):
    """The status of an appeal."""

    OPEN = "open", "Not appealed yet"
    FILED = "filed", "Appeal sent"
    WON = "won", "Won"
    LOST = "lost", "Lost"
    EXTERNAL = "external", "With an outside reviewer"
    CLOSED = "closed", "Closed"


class AppealLevel(Choice):
    """The level of an appeal."""

    FIRST = "internal_1", "First appeal to the plan"
    SECOND = "internal_2", "Second appeal to the plan"
    EXTERNAL = "external", "Outside review"
    HEARING = "hearing", "Hearing"
    COUNCIL = "council", "Medicare Appeals Council"


class Denial(Item):
    """A denial by the plan, and the appeal against it."""

    NOUN: ClassVar[str] = "denial"
    TITLE: ClassVar[tuple[str, ...]] = ("what",)

    what: Line = asked("What was denied?", "", short="Denied")
    state: DenialState | None = asked("How far along is it?", short="Status")
    notice_date: Day | None = asked("Date on the letter", short="Letter dated", tier=1)
    received_on: Day | None = asked("Day the letter arrived", short="Letter arrived", tier=1)
    letter_deadline: Day | None = asked(
        "Last day to appeal, according to the letter",
        short="Appeal by",
        tier=1,
        why="The date on your own letter counts, even if a rule says something else.",
    )
    plan: PlanType | None = asked(
        "Which plan said no?",
        short="Plan that said no",
        hint="Only if it is not the plan on this page.",
        why="A denial keeps the time limit of the plan that sent it, even if you change plans.",
    )
    number: Line = asked(
        "Claim or reference number on the letter", "", short="Number on the letter", tier=1, aloud=True
    )
    send_to: Text = asked(
        "Where does the letter say to send the appeal?",
        "",
        short="Send the appeal to",
        tier=1,
        hint="A name, and an address or fax number.",
    )
    why: Text = asked(
        "Why should they change the decision?",
        "",
        short="Reasons for the appeal",
        hint="In {your own|the patient's} words. A few sentences are enough.",
    )
    letter_rule: Line = asked("The rule the letter names", "", short="Rule in letter")
    reason: Text = asked("Reason in the letter", "", short="Reason")
    level: AppealLevel | None = asked("Which appeal is it?", short="Appeal")
    filed_on: Day | None = asked("Appeal sent on", short="Appeal sent", tier=1)
    decision_due: Day | None = asked("Decision promised by", short="Decision due", tier=1)
    decided_on: Day | None = asked(
        "Date on the letter that answers the appeal",
        short="Appeal answered",
        tier=1,
        why="If the answer is no, the time for the next step starts with that letter.",
    )


class CostBasis(Choice):
    """The source of an amount."""

    REP = "estimate_by_rep", "Said on the phone"
    ESTIMATE = "gfe", "Written estimate"
    BILL = "bill", "Bill"


class CostItem(Item):
    """One expected or billed amount."""

    NOUN: ClassVar[str] = "cost"
    TITLE: ClassVar[tuple[str, ...]] = ("entity",)

    entity: Line = asked("Who charges it?", "", short="Charged by", tier=1)
    amount: Line = asked("How much is it?", "", short="Amount", hint="Write what you were told, such as: $60 copay.")
    basis: CostBasis | None = asked("Where does the amount come from?", short="From")
    on: Day | None = asked("When did they say so?", short="On", tier=1)


class EstimateState(Choice):
    """The status of a written estimate."""

    ASKED = "asked", "Asked for"
    RECEIVED = "received", "Received"
    OVERDUE = "overdue", "Late"
    DISPUTED = "disputed", "Disputed"


class GoodFaithEstimate(Item):
    """A good faith estimate, for people who pay on their own."""

    NOUN: ClassVar[str] = "cost estimate"
    TITLE: ClassVar[tuple[str, ...]] = ("to",)

    to: Line = asked("Which clinic was asked?", "", short="Asked", tier=1)
    state: EstimateState | None = asked("How far along is it?", short="Status")
    self_pay: YesNo | None = asked("{Will you|Will the patient} pay without insurance?", short="Self-pay")
    asked_on: Day | None = asked("Asked on", short="Asked on", tier=1)
    scheduled_for: Day | None = asked("Visit or treatment planned for", short="Planned for", tier=1)
    due: Day | None = asked("Promised by", short="Promised by", tier=1)
    received_on: Day | None = asked("Received on", short="Received", tier=1)
    amount: Money | None = asked("Amount", short="Amount")


class Body(Choice):
    """The providers that can each be in or out of network."""

    CLINICIAN = "clinician", "Clinician"
    FACILITY = "facility", "Hospital or clinic"
    LAB = "lab", "Lab"
    PATHOLOGY = "pathology", "Pathology group"
    IMAGING = "imaging", "Imaging center"
    ANESTHESIA = "anesthesia", "Anesthesia"


class NetworkState(Choice):
    """Whether a provider is in network."""

    IN = "in", "In network"
    OUT = "out", "Out of network"
    TIER_2 = "tier_2", "In a lower tier"
    UNKNOWN = "unknown", "Not known yet"


class NetworkEntry(Item):
    """The network status of one provider that will send a bill."""

    NOUN: ClassVar[str] = "network answer"
    TITLE: ClassVar[tuple[str, ...]] = ("name", "body")

    body: Body | None = asked("Which part of the care?", short="Part")
    name: Line = asked("Name on the bill", "", short="Name", tier=1)
    state: NetworkState | None = asked("Is it in the network?", short="Network")
    confirmed_on: Day | None = asked("When did the plan say so?", short="Said on", tier=1)
    how: Evidence | None = asked("How do you know?", short="Known from")
    clinician: Ref = asked("For which clinician?", "", short="For", kind="pick", target="clinicians", tier=1)


class Insurance(CaseModel):
    """Step 3 (insurance)."""

    plan: Plan = Plan()
    calls: Items[CoverageCall] = Items()
    networks: Items[NetworkEntry] = Items()
    referrals: Items[Referral] = Items()
    prior_auths: Items[PriorAuth] = Items()
    denials: Items[Denial] = Items()
    costs: Items[CostItem] = Items()
    estimates: Items[GoodFaithEstimate] = Items()
    medicare_card_seen: Flag = asked("I have read the Medicare note", False, short="Medicare note read", tier=0)
