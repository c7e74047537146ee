"""A practice's own folder: its settings, its pages over the shipped ones, newer shipped pages. Knows no case.

practice.toml    name, logo, contact, links, pages that are not wanted
notebooks/       only the pages that are its own or changed
packs/           lists, letters and facts that differ
.shipped/        each changed page as it was shipped, so that an upgrade can tell what the practice changed
"""
