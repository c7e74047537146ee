"""FHIR as JSON or XML, parsed within bounds. Knows sources, limits and phrases."""
