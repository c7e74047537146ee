"""Body parts and kinds of scans: what words and scanners' codes mean, and which may be one scan."""

from __future__ import annotations

import pytest

from workbook.case.materials import FoundScan
from workbook.rules.imaging import body_parts, found, modalities


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("MRI of the lower back", {"LSPINE"}),  # the part itself, not the whole spine too
        ("cervical spine and lumbar spine", {"CSPINE", "LSPINE"}),
        ("thoracic spine", {"TSPINE"}),
        ("thoracic spine and chest", {"TSPINE", "CHEST"}),
        ("left_breast", {"BREAST"}),
        ("spine", {"SPINE"}),
        ("low back pain", set()),  # why, not where
        ("nothing of it", set()),
    ],
)
def test_a_report_names_its_parts_exactly(text: str, parts: set[str]) -> None:
    assert body_parts.parts_of(text) == parts


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Lumbar MRI", {"spine"}),
        ("neck (cervical spine)", {"spine"}),  # our own label, so not the neck
        ("middle back (thoracic spine)", {"spine"}),
        ("CHEST_ABD", {"chest", "belly"}),
        ("belly and pelvis", {"belly", "pelvis"}),
        ("neck", {"neck"}),
        ("", set()),
    ],
)
def test_a_search_uses_rough_regions(text: str, regions: set[str]) -> None:
    assert body_parts.regions_of(text) == regions


@pytest.mark.parametrize(
    ("a", "b", "same", "may"),
    [
        ("KNEE", "KNEE", True, True),
        ("LSPINE", "SPINE", True, True),
        ("SPINE", "LSPINE", True, True),
        ("LSPINE", "CSPINE", False, False),
        ("NECK", "CSPINE", True, True),
        ("CHEST", "ABDOMEN", False, True),
        ("PELVIS", "HIP", False, True),
        ("KNEE", "HIP", False, False),
        ("WHOLEBODY", "KNEE", False, True),
        ("KNEE", "WHOLEBODY", False, True),
    ],
)
def test_two_parts_are_the_same_or_may_be_on_one_scan(a: str, b: str, same: bool, may: bool) -> None:
    assert body_parts.is_same_part(a, b) is same
    assert body_parts.agree(a, b) is may


@pytest.mark.parametrize(
    ("a", "b", "may"),
    [
        ({"knee"}, {"knee"}, True),
        ({"knee"}, {"hip"}, False),
        ({"knee", "hip"}, {"hip"}, True),
        (set(), {"hip"}, True),  # not known, so it may be
        ({"hip"}, set(), True),
        ({"spine"}, {"pelvis"}, True),
        ({"wrist"}, {"hand"}, True),
        ({"chest"}, {"knee"}, False),
    ],
)
def test_regions_that_touch_may_be_one_scan(a: set[str], b: set[str], may: bool) -> None:
    assert body_parts.may_be_one_scan(frozenset(a), frozenset(b)) is may


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("L-SPINE", "lower back (lumbar spine)"),
        ("UTERUS", "uterus"),
        ("CHEST/NECK", "chest, neck"),
        ("CHEST/ /", "chest"),
        ("Left knee", "Left knee"),
        ("Belly (Abdomen)", "belly (abdomen)"),  # our own words come back as they are
        ("", ""),
    ],
)
def test_a_code_is_shown_in_words_and_typed_text_as_it_is(code: str, label: str) -> None:
    assert body_parts.label(code) == label


def test_only_parts_that_reports_tell_apart_are_looked_for_by_code() -> None:
    assert body_parts.as_part("knee") == {"KNEE"}
    assert body_parts.as_part("WRIST") == frozenset()


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [("CR", "dx", True), ("MR", "MR", True), ("CR", "MR", False), ("MR", "CT", False)],
)
def test_plain_x_rays_are_alike_whatever_the_machine(a: str, b: str, alike: bool) -> None:
    assert modalities.is_alike(a, b) is alike


@pytest.mark.parametrize(
    ("kinds", "on", "is_it"),
    [
        ({"MR"}, "2026-10-14", True),
        ({"MR"}, "2026-10-13", True),
        ({"MR"}, "2026-10-15", True),
        ({"MR"}, "2026-10-12", False),
        ({"MR"}, "2026-10-16", False),
        ({"CT"}, "2026-10-14", False),
        (set(), "2026-10-14", True),
        ({"MR"}, None, True),
        ({"CT"}, None, False),
    ],
)
def test_an_entry_is_a_scan_within_a_day_of_it(kinds: set[str], on: str | None, is_it: bool) -> None:
    assert found.is_it(FoundScan(modality="MR", on="2026-10-14"), frozenset(kinds), on) is is_it
    undated = FoundScan(modality="MR", on="2026-10")
    assert found.is_it(undated, frozenset(kinds), on) is (is_it and on is None)


def test_scans_are_listed_with_what_was_typed() -> None:
    scans = (FoundScan(modality="MR", images=1), FoundScan(modality="CT", images=2))
    assert [*found.lines(scans, "A film\n \nA CD")] == ["MRI (MR): 1 image", "CT: 2 images", "A film", "A CD"]
    assert modalities.labels(["ZZ", "YY"]) == "ZZ/YY"
    assert modalities.dicom_codes({"XR", "CT"}) == ["CT", "DX"]
