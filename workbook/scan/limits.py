"""How much of a stranger's file is read before it is refused. Knows nothing else.

A disc comes from somewhere else: each number bounds what one file can cost in memory or time.
"""

from __future__ import annotations

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30

HEAD = 8 * KIB  # read of each file first; nearly all DICOM headers end within it
TAIL = 4 * KIB  # where the end mark of compressed images is looked for
HEADER = 16 * MIB  # a DICOM header or a DICOMDIR; the longest seen in practice are some MB
INFLATED = 16 * MIB  # of a deflated DICOM file; headers only are wanted
TEXT = 64 * MIB  # JSON, XML, PDF and text that are read whole
REPORT = 24 * MIB  # a report in a DICOM file, with the PDF that it may carry
BLUE_BUTTON = 16 * MIB  # of a text from Medicare or the VA; twenty years of claims take some MB
RESOURCES = 200_000  # entries of one bundle or list of JSON; 64 MB hold some 60,000 true ones
LISTED = 50_000  # medicines, allergies, diagnoses, studies of one file: some thousands are a long life's
PEOPLE = 1_000  # patients of one file that are told apart; two are too many already
FILES = 200_000  # in one look; a full Blu-ray of single slices stays below
DEPTH = 64  # folders within folders
ENTRIES = 20_000  # in one archive; a disc of CT slices may hold 5,000
RATIO = 200  # a file in an archive may unpack to so many times its size,
SLACK = MIB  # and this much more: an empty slice packs very well
UNPACKED = 4 * GIB  # one deflated DICOM file: no image is longer than its 32-bit length can say
ARCHIVE = 64 * GIB  # all that one archive unpacks to
CATALOG = 32 * MIB  # the list of names at the end of an archive
DIRECTORIES = 4  # levels of a DICOMDIR that points at others (Philips)
TOPS = 16  # DICOMDIRs beside which the files of another one are looked for
RECORDS = 200_000  # entries of one DICOMDIR
ATTACHED = 20  # papers inside one health record that are searched for whom they name
VALUE = KIB  # of a text in a header that is kept; a name or a description has 64 characters
FRAMES = 100_000  # parts of one compressed image that are counted through
