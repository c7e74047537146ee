"""DICOM: image files, reports and DICOMDIR, within bounds. Knows sources, limits and phrases."""
