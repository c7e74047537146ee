"""Prints the template that translators work from."""

import sys

from .extract import template

sys.stdout.buffer.write(template())
