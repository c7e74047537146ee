"""What a clinic's computer can read: FHIR R4 bundles of the answers. Knows the case and the catalog; no server.

Two bundles: `story` (the draft for what a patient hands over) and `ips` (the International Patient Summary).
"""
