"""The index of a packet: scans first, what is missing, checksums that can be copied, names that are not truncated."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

from tests.scan import made
from tests.scan.found import case, folder
from tests.ui.test_scan_pictures import series_disc
from workbook.scan import inventory
from workbook.scan.match.coverage import coverage
from workbook.scan.pictures.album import EACH
from workbook.scan.show import packet, packet_index
from workbook.scan.show.packed import Packet
from workbook.scan.values import HealthRecord, Inventory, Kind, Result, Series

FILES = {"DICOM/A/I1": b"1" * 90, "VIEWER_DATA/long_name_of_a_report.txt": b"All is well.", "run.bat": b"x"}
KINDS: dict[str, Kind] = {"VIEWER_DATA/long_name_of_a_report.txt": "text", "run.bat": "text"}


def page_of(made: Packet, found: Inventory) -> str:
    """The web page of an index."""
    return b"".join(packet_index.page(made, found, case())).decode()


def indexes(tmp_path: Path) -> tuple[Packet, str, str]:
    found = folder(tmp_path / "disc", FILES, KINDS)
    found.studies[0].paths = ["DICOM/A/I1"]
    found.coverage = coverage(found, case())
    packed = packet.make(found, tmp_path / "p.zip", tmp_path / "disc")
    pdf = pypdfium2.PdfDocument(io.BytesIO(packet_index.paper(packed, found, case())))
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    return packed, text, page_of(packed, found)


def test_the_pdf_lists_scans_missing_records_and_omissions(tmp_path: Path) -> None:
    _made, text, _page = indexes(tmp_path)
    text = " ".join(text.split())
    assert "Made on " in text
    assert "Mammogram, October 14, 2026, breast, Diagnostic" in text
    assert text.index("Mammogram") < text.index("Ultrasound (US), October 14, 2026") < text.index("SHA-256")
    assert "run.bat: A program, or a part of one." in text
    assert "DICOM/A/I1" not in text, "images are told by scan"


def test_a_checksum_can_be_copied(tmp_path: Path) -> None:
    files, text, page = indexes(tmp_path)
    report = next(p for p in files.packed if p.path.endswith(".txt"))
    assert report.sha256[:32] in text
    assert report.sha256[32:] in text
    assert not set("\u200b\u00ad\ufffe") & set(text)
    assert report.sha256 in page.replace("<wbr>", "")


def test_a_long_path_breaks_between_its_folders(tmp_path: Path) -> None:
    _made, _text, page = indexes(tmp_path)
    assert "VIEWER_DATA/<wbr>long_name_of_a_report.txt" in page
    assert "MR" not in page


def test_a_name_without_glyphs_omits_the_pdf_and_says_so(tmp_path: Path) -> None:
    found = folder(tmp_path / "disc", {"บันทึก.txt": b"All is well."}, {"บันทึก.txt": "text"})
    packed = packet.make(found, tmp_path / "p.zip", tmp_path / "disc")
    names = zipfile.ZipFile(tmp_path / "p.zip").namelist()
    assert "00-INDEX.html" in names
    assert "00-INDEX.csv" in names
    assert "00-INDEX.pdf" not in names
    (told,) = [why for path, why in packed.left_out if path == "00-INDEX.pdf"]
    assert "would lose words" in told
    page = zipfile.ZipFile(tmp_path / "p.zip").read("00-INDEX.html").decode()
    assert "บันทึก.txt" in page
    assert "00-INDEX.pdf" in page


def test_what_is_in_it_is_counted_and_each_series_says_what_is_not_here(tmp_path: Path) -> None:
    files = {f"DICOM/I{n}": b"1" for n in range(3)} | {"report.txt": b"All is well."}
    found = folder(tmp_path / "disc", files, {"report.txt": "text"})
    (study,) = found.studies
    study.paths = ["DICOM/I0", "DICOM/I1", "DICOM/I2"]
    study.parts = [
        Series("1", "2", "AXIAL <T2>", images=238, frames=238, gaps=((7, 8),)),
        *(Series(f"1.{n}", str(n), holds="marks", images=1) for n in range(5, 5 + packet_index.SERIES)),
    ]
    found.documents = [HealthRecord("report.txt", "text", results=[Result("CA 15-3", "28")])]
    packed = packet.make(found, tmp_path / "p.zip", tmp_path / "disc")
    page = page_of(packed, found)
    pdf = pypdfium2.PdfDocument(io.BytesIO(packet_index.paper(packed, found)))
    text = " ".join("\n".join(page.get_textpage().get_text_range() for page in pdf).split())
    counts = "In this packet: 1 scan with 8 images, 1 document, 1 test result."
    assert counts in page
    assert counts in text
    assert '<li dir="auto">AXIAL &lt;T2&gt;: 238 images. Missing numbers: 7, 8.</li>' in page
    assert "AXIAL <T2>: 238 images. Missing numbers: 7, 8." in text
    assert "series 5: 1 set of marks on the images" in text
    assert "1 more series" in text
    packed.packed = [one for one in packed.packed if one.path != "DICOM/I1"]
    assert "In this packet: 1 scan with 2 images" in page_of(packed, found)


def packed_page(tmp_path: Path, disc: Path) -> str:
    packet.make(inventory.take(disc), tmp_path / "p.zip", disc, second_patient=True, overwrite=True)
    return zipfile.ZipFile(tmp_path / "p.zip").read("00-INDEX.html").decode()


def test_the_page_has_a_small_picture_of_each_series_and_may_show_it(tmp_path: Path) -> None:
    disc = series_disc(tmp_path / "disc", EACH + 2)
    page = packed_page(tmp_path, disc)
    assert page.count('<img src="data:image/png;base64,') == EACH + 2
    assert 'alt="AX 3: picture of image 3 of 4"' in page
    names = page.replace('alt="AX 3:', "")
    assert len(re.findall(r"\bAX 3\b", names.partition("<h2>Files")[0])) == 1, "each series is named once"
    assert "Not for reading." in page
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:\"" in page


def test_files_of_several_people_have_no_pictures(tmp_path: Path) -> None:
    disc = series_disc(tmp_path / "disc", 2)
    (disc / "other").write_bytes(made.image(900, study="1.2.9.8", PatientName="Otherperson^Jordan"))
    page = packed_page(tmp_path, disc)
    assert packet_index.NOT_SURE in page
    assert "<img" not in page
