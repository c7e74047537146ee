"""FHIR as JSON or XML, within bounds. Knows sources, limits and phrases."""
