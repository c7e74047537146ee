"""DICOM: image files, reports and DICOMDIR, parsed within bounds. Knows sources, limits and phrases."""
