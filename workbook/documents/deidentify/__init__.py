"""A copy of a case for supervision, without names and with moved dates. Knows the case; on a computer only.

It follows the list of identifiers of HIPAA's Safe Harbor method (45 CFR 164.514(b)(2)), but moves dates instead of
removing them, and cannot know every name in free text. So it is no de-identification in the sense of the law.
"""
