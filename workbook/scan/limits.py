"""Limits for reading untrusted files. Knows nothing else.

A disc comes from outside: each number bounds the memory or time that one file can cost.
"""

from __future__ import annotations

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30

HEAD = 8 * KIB  # read of each file first; nearly all DICOM headers are shorter
TAIL = 4 * KIB  # where the end marker of compressed images is searched
HEADER = 16 * MIB  # a DICOM header or a DICOMDIR; the longest in practice are some MB
INFLATED = 16 * MIB  # of a deflated DICOM file; only headers are needed
TEXT = 64 * MIB  # JSON, XML, PDF and text that are read entirely
REPORT = 24 * MIB  # a report in a DICOM file, including an encapsulated PDF
BLUE_BUTTON = 16 * MIB  # of a text from Medicare or the VA; twenty years of claims take some MB
RESOURCES = 200_000  # entries of one bundle or JSON list; 64 MB contain some 60,000 real ones
LISTED = 50_000  # medicines, allergies, diagnoses, studies of one file: a long life has some thousands
PEOPLE = 1_000  # patients of one file that are distinguished; two are too many already
FILES = 200_000  # in one scan; a full Blu-ray of single slices is below
DEPTH = 64  # nested folders
NESTED = 200  # levels of a JSON text; a bundle has some twenty
ENTRIES = 200_000  # in one archive, as in one folder
PATH = 4096  # letters of the name of a file in an archive; no system has longer ones
RATIO = 200  # a file in an archive may unpack to this many times its size,
SLACK = MIB  # plus this much: an empty slice compresses very well
UNPACKED = 4 * GIB  # one deflated DICOM file: no image is longer than its 32-bit length field allows
ARCHIVE = 64 * GIB  # total unpacked size of one archive
ARCHIVES = 2  # archives around a file that are opened
INNER = 4 * GIB  # of an archive inside an archive, which is unpacked once,
IN_MEMORY = 32 * MIB  # in memory up to this size
END = 66_000  # of a zip: its end record, and a comment behind it
CATALOG = 64 * MIB  # the central directory of an archive
DIRECTORIES = 4  # levels of nested DICOMDIRs (Philips)
TOPS = 16  # DICOMDIRs whose folders are searched for the files of another one
RECORDS = 200_000  # entries of one DICOMDIR
ATTACHED = 20  # documents inside one health record that are searched for a patient name
VALUE = KIB  # of a text in a header; a name or a description has 64 characters
FRAMES = 100_000  # fragments of one compressed image that are counted
