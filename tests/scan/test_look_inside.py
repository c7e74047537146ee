"""Small pictures of series: a known image gives a known picture in every encoding, and a false one a plain tile."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pydicom
import pytest
from pydicom.data import get_testdata_file
from pydicom.encaps import encapsulate
from pydicom.uid import RLELossless

from tests.scan import made, papers
from workbook import where
from workbook.scan import inventory
from workbook.scan.pictures import compressed, described, drawing, inflated, png, sampled
from workbook.scan.pictures.album import ALL, EACH, Album
from workbook.scan.pictures.drawing import Picture
from workbook.scan.values import File, Inventory, Series, Source, Study

SIDE = 64
RAMP = [4 * x for _ in range(SIDE) for x in range(SIDE)]  # shades 0 to 252, from left to right
SHADES = [4 * x for x in range(SIDE)]
GRAY: dict[str, Any] = {"Rows": SIDE, "Columns": SIDE, "PhotometricInterpretation": "MONOCHROME2"}
BYTES = {**GRAY, "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelData": bytes(RAMP)}
COLOR = {**BYTES, "SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}


def words(values: list[int], code: str = "H", order: str = "<") -> bytes:
    return struct.pack(f"{order}{len(values)}{code}", *values)


def drawn(data: bytes) -> Picture:
    return drawing.draw(File("a", "dicom", source=papers.source(data)))


def of(syntax: str = "explicit", **fields: Any) -> Picture:
    return drawn(made.image(syntax=syntax, **fields))


def pixels(picture: Picture) -> tuple[int, int, bytes]:
    """The channels of a PNG, and the pixels of its rows one after another."""
    assert picture.png, picture.why
    data, parts = picture.png, b""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, bits, kind = struct.unpack_from(">IIBB", data, 16)
    assert (width, height, bits) == (picture.width, picture.height, 8)
    place = 8
    while place < len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        name, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        assert zlib.crc32(name + body) == int.from_bytes(data[place + 8 + size : place + 12 + size], "big")
        parts += body if name == b"IDAT" else b""
        place += 12 + size
    channels = {0: 1, 2: 3}[kind]
    line = width * channels + 1
    rows = zlib.decompress(parts)
    assert len(rows) == line * height
    return channels, width, b"".join(rows[n + 1 : n + line] for n in range(0, len(rows), line))


def first_row(picture: Picture) -> list[int]:
    channels, width, found = pixels(picture)
    return list(found[: width * channels])


def near(found: list[int], wanted: list[int], by: int = 2) -> bool:
    return len(found) == len(wanted) and all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


@pytest.mark.parametrize("syntax", ["explicit", "implicit", "big"])
@pytest.mark.parametrize(("code", "bits", "low"), [("H", 16, 0), ("h", 16, -500), ("I", 32, 0), ("i", 32, -500)])
def test_a_ramp_is_a_ramp_in_each_encoding(syntax: str, code: str, bits: int, low: int) -> None:
    values = words([low + 4 * v for v in RAMP], code, ">" if syntax == "big" else "<")
    more = {"BitsAllocated": bits, "BitsStored": bits, "HighBit": bits - 1, "PixelRepresentation": int(code.islower())}
    window = {"WindowCenter": str(low + 510.5), "WindowWidth": "1021"}
    found = of(syntax, **{**GRAY, **more, **window}, PixelData=values)
    assert near(first_row(found), SHADES, 1)
    assert near(list(pixels(found)[2][-SIDE:]), SHADES, 1), "the last row, too"


def test_eight_bits_without_a_window_are_shown_as_they_are() -> None:
    assert first_row(of(**BYTES)) == SHADES


def test_without_a_file_header_it_is_drawn_too() -> None:
    for syntax in ("explicit", "implicit"):
        assert first_row(drawn(made.image(syntax=syntax, meta=False, **BYTES))) == SHADES


def test_the_values_between_the_darkest_and_the_brightest_are_used_without_a_window() -> None:
    found = of(**GRAY, PixelData=words([3000 + v for v in RAMP]))
    assert near(first_row(found), [round(v / 252 * 255) for v in SHADES], 3)


def test_a_window_that_shows_nothing_is_not_used() -> None:
    window = {"WindowCenter": "-5000", "WindowWidth": "10"}
    assert len(set(first_row(of(**GRAY, **window, PixelData=words(RAMP))))) > 50


def test_the_window_counts_in_the_units_of_the_file() -> None:
    more = {"RescaleSlope": "2", "RescaleIntercept": "-1000", "WindowCenter": "-745.5", "WindowWidth": "511"}
    assert near(first_row(of(**GRAY, **more, PixelData=words(RAMP))), SHADES, 1)


def test_monochrome1_is_white_where_the_values_are_low() -> None:
    found = of(**{**BYTES, "PhotometricInterpretation": "MONOCHROME1"})
    assert first_row(found) == [255 - v for v in SHADES]


def test_only_the_stored_bits_count_and_a_sign_among_them_is_one() -> None:
    stored = [(0xF000 if n % 2 else 0) | ((v - 126) & 0xFFF) for n, v in enumerate(RAMP)]  # old overlays lie above
    more = {"BitsStored": 12, "HighBit": 11, "PixelRepresentation": 1, "WindowCenter": "2", "WindowWidth": "256"}
    assert near(first_row(of(**{**GRAY, **more}, PixelData=words(stored))), SHADES)


def test_padding_is_black_and_does_not_stretch_the_shades() -> None:
    values = [-2000 if n % SIDE == 0 else v for n, v in enumerate(RAMP)]
    made_of = {**GRAY, "PixelRepresentation": 1, "PixelData": words(values, "h")}
    one = made.dataset(**made_of)
    one.add_new("PixelPaddingValue", "SS", -2000)
    assert first_row(drawn(made.written(one)))[1] < 20
    assert first_row(of(**made_of))[1] > 200, "as it would be without"


def test_the_middle_frame_is_drawn() -> None:
    frames = [bytes([n]) * SIDE * SIDE for n in (10, 20, 30, 40)]
    assert first_row(of(**{**BYTES, "PixelData": b"".join(frames)}, NumberOfFrames="4")) == [30] * SIDE


def test_colors_side_by_side_in_planes_and_as_brightness_are_the_same() -> None:
    one = [(x * 4, 255 - x * 4, 7) for _ in range(SIDE) for x in range(SIDE)]
    mixed = bytes(v for pixel in one for v in pixel)
    planes = b"".join(bytes(pixel[n] for pixel in one) for n in range(3))
    wanted = list(mixed[: 3 * SIDE])
    assert first_row(of(**{**COLOR, "PixelData": mixed})) == wanted
    assert first_row(of(**{**COLOR, "PixelData": planes, "PlanarConfiguration": 1})) == wanted
    ybr = [
        v
        for r, g, b in one
        for v in (
            0.299 * r + 0.587 * g + 0.114 * b,
            128 - 0.168736 * r - 0.331264 * g + 0.5 * b,
            128 + 0.5 * r - 0.418688 * g - 0.081312 * b,
        )
    ]
    pixel_data = bytes(min(round(v), 255) for v in ybr)
    found = of(**{**COLOR, "PhotometricInterpretation": "YBR_FULL", "PixelData": pixel_data})
    assert near(first_row(found), wanted, 3)


def test_a_deflated_file_is_drawn_and_one_that_inflates_too_far_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    window = {"WindowCenter": "126.5", "WindowWidth": "253"}
    wanted = first_row(of(**GRAY, **window, PixelData=words(RAMP)))
    assert first_row(of("deflated", **GRAY, **window, PixelData=words(RAMP))) == wanted
    monkeypatch.setattr(inflated, "LARGEST", 4000)
    assert of("deflated", **GRAY, PixelData=words(RAMP)).why == "odd"


def test_two_pixels_that_share_their_colors_are_drawn() -> None:
    halved = {**COLOR, "PhotometricInterpretation": "YBR_FULL_422"}
    data = bytes(v for x in range(0, SIDE, 2) for v in (4 * x, 4 * x + 4, 128, 128)) * SIDE
    assert first_row(of(**{**halved, "PixelData": data})) == [v for v in SHADES for _ in range(3)]
    red = first_row(of(**{**halved, "PixelData": bytes((80, 80, 128, 228)) * (SIDE * SIDE // 2)}))
    assert red[:3] == red[3:6] == [220, 9, 80]
    assert of(**{**halved, "PixelData": data[:-4]}).why == "damaged"


def test_bytes_that_changed_places_are_put_back() -> None:
    odd = bytes(v for _ in range(3) for v in (10, 20, 30))  # three by three: each second row begins within a pair
    data = {**BYTES, "Rows": 3, "Columns": 3, "PixelData": odd + b"\0"}
    swapped = bytes(v for n in range(0, 10, 2) for v in ((odd + b"\0")[n + 1], (odd + b"\0")[n]))
    assert list(pixels(of("big", **{**data, "PixelData": swapped}))[2]) == list(odd) == list(pixels(of(**data))[2])


def test_pixels_of_one_bit_are_black_and_white() -> None:
    rows = [[(x + y) % 3 == 0 for x in range(10)] for y in range(10)]  # a row begins within a byte
    flat = [bit for row in rows for bit in row]
    data = sum(bit << n for n, bit in enumerate(flat)).to_bytes(14, "little")
    bits = {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "Rows": 10, "Columns": 10}
    assert [v > 0 for v in pixels(of(**{**BYTES, **bits, "PixelData": data}))[2]] == flat


def test_colors_of_sixteen_bits_keep_their_first_eight() -> None:
    deep = {**COLOR, "BitsAllocated": 16, "BitsStored": 16, "HighBit": 15}
    found = of(**{**deep, "PixelData": words([256 * v + 7 for v in (1, 2, 250)] * SIDE * SIDE)})
    assert first_row(found) == [1, 2, 250] * SIDE


def test_a_palette_gives_its_colors() -> None:
    one = made.dataset(**{**BYTES, "PhotometricInterpretation": "PALETTE COLOR"})
    for color, table in (("Red", range(256)), ("Green", range(255, -1, -1)), ("Blue", [9] * 256)):
        setattr(one, f"{color}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(one, f"{color}PaletteColorLookupTableData", words([v << 8 for v in table]))
    found = first_row(drawn(made.written(one)))
    assert found == [v for x in SHADES for v in (x, 255 - x, 9)]


@pytest.mark.parametrize(
    ("rows", "columns", "spacing", "size"),
    [
        (512, 512, None, (128, 128)),
        (3000, 2000, None, (100, 150)),
        (100, 300, ["3", "1"], (150, 150)),
        (100, 100, ["0.5", "1"], (100, 50)),
        (90, 90, ["100", "1"], (90, 90)),
        (90, 90, ["0", "1"], (90, 90)),
        (1, 3000, None, (300, 1)),
    ],
)
def test_the_picture_is_small_and_keeps_its_shape(rows: int, columns: int, spacing: Any, size: tuple[int, int]) -> None:
    data = {**BYTES, "Rows": rows, "Columns": columns, "PixelData": bytes(rows * columns), "PixelSpacing": spacing}
    found = of(**data)
    assert (found.width, found.height) == size
    assert max(size) <= 2 * sampled.LONG


def test_only_what_the_picture_needs_is_read() -> None:
    data = made.image(**{**BYTES, "Rows": 4000, "Columns": 4000, "PixelData": bytes(16_000_000)})
    read = 0

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal read
            found = super().read(size)
            read += len(found)
            return found

    source = Source("a", len(data), lambda: Counted(data))
    assert drawing.draw(File("a", "dicom", source=source)).png
    assert read < 2_000_000


def test_a_file_in_a_zip_is_drawn(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "disc.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("IM1", made.image(**{**BYTES, "PixelData": 3 * bytes(RAMP)}, NumberOfFrames="3"))
    found = inventory.take(tmp_path / "disc.zip")
    album = Album(found)
    list(album.steps())
    (row,) = album.rows(0)
    assert row.picture is not None
    assert first_row(row.picture) == SHADES
    assert row.alt.endswith("picture of image 2 of 3")


def test_a_picture_of_noise_is_no_larger_than_allowed() -> None:
    pick = random.Random(3)
    for planes in (1, 3):
        width, height, found = png.write(160, 160, [pick.randbytes(25_600) for _ in range(planes)])
        assert len(found) <= png.LARGEST
        assert pixels(Picture(width, height, found))[0] == planes


# Compressed pixels


def sample(name: str) -> bytes:
    return Path(str(get_testdata_file(f"{name}.dcm"))).read_bytes()


@pytest.mark.parametrize("name", ["MR_small_RLE", "MR_small_jp2klossless", "MR_small_jpeg_ls_lossless"])
def test_a_compressed_image_has_the_picture_of_the_plain_one(name: str) -> None:
    plain = drawn(sample("MR_small"))
    assert pixels(drawn(sample(name))) == pixels(plain)


@pytest.mark.parametrize(
    "name", ["SC_rgb_jpeg_gdcm", "SC_rgb_rle", "SC_rgb_gdcm_KY", "SC_rgb_dcmtk_+eb+cr", "SC_rgb_dcmtk_+eb+cy+np"]
)
def test_colors_survive_each_compression(name: str) -> None:
    """JPEG lossless, RLE, JPEG 2000, and JPEG as RGB and as brightness."""
    channels, width, found = pixels(drawn(sample(name)))
    assert channels == 3
    tops = [found[3 * (width * row + 50) :][:3] for row in (5, 25, 45)]
    assert all(
        near(list(top), wanted, 5) for top, wanted in zip(tops, ([255, 0, 0], [0, 255, 0], [0, 0, 255]), strict=True)
    )


def test_a_jpeg_of_twelve_bits_and_an_unsigned_stream_under_a_signed_header_are_drawn() -> None:
    assert drawn(sample("JPGExtended")).png
    _, width, found = pixels(drawn(sample("J2K_pixelrep_mismatch")))
    assert found[0] == found[width - 1] == 0, "the air around a head is black"


@pytest.mark.parametrize("with_table", [True, False])
def test_the_middle_of_compressed_frames_is_drawn(with_table: bool) -> None:
    frames = [struct.pack("<16I", 1, 64, *[0] * 14) + bytes([129, shade]) * 32 for shade in (10, 20, 30, 40)]
    found = drawn(packed(encapsulate(frames, has_bot=with_table), NumberOfFrames="4"))
    assert first_row(found) == [30] * SIDE


JPEG = b"1.2.840.10008.1.2.4.50"


def packed(data: bytes, syntax: str = RLELossless, **fields: Any) -> bytes:
    """A file with compressed pixels of eight bits."""
    one = made.written(made.dataset(**{**BYTES, **fields, "PixelData": bytes(2)}), syntax="jpeg")
    place = one.index(b"\xe0\x7f\x10\0OB")
    said = syntax.encode() + b"\0" * (len(syntax) % 2)
    written = b"UI" + len(said).to_bytes(2, "little") + said
    return one[:place].replace(b"UI\x16\0" + JPEG, written) + one[place:][:12] + data


def test_without_a_decoder_there_is_a_plain_tile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "can_decode", lambda: False)
    assert drawn(sample("MR_small_RLE")) == Picture(why="compressed")
    assert drawing.told("compressed") == "No picture: compressed"


def test_the_browser_starts_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed.can_decode.cache_clear()
    monkeypatch.setattr(where, "in_browser", lambda: True)
    assert drawn(sample("MR_small_RLE")).why == "compressed"
    monkeypatch.undo()
    compressed.can_decode.cache_clear()


def test_the_decoder_is_loaded_in_the_child_only() -> None:
    code = (
        "import sys; from pathlib import Path; from workbook.scan import inventory\n"
        "from workbook.scan.pictures.album import Album\n"
        "album = Album(inventory.take(Path(sys.argv[1]))); list(album.steps())\n"
        "assert album.rows(0)[0].picture; print([n for n in ('gdcm', 'numpy', 'PIL', 'pydicom') if n in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(get_testdata_file("MR_small_RLE.dcm"))]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


# Hostile files

FLOAT = made.dataset(**{**GRAY, "FloatPixelData": bytes(4 * SIDE * SIDE), "BitsAllocated": 32, "PixelData": None})
DEEP = {"BitsStored": 12, "HighBit": 30}


@pytest.mark.parametrize(
    ("why", "fields"),
    [
        ("damaged", {"Rows": 5000, "Columns": 5000}),
        ("damaged", {"NumberOfFrames": "10000"}),
        ("damaged", {"NumberOfFrames": "99999999"}),
        ("odd", {"Rows": 65535, "Columns": 65535}),
        ("damaged", {"Rows": 0}),
        ("damaged", {"Columns": 0}),
        ("damaged", {"Rows": None}),
        ("odd", {"BitsAllocated": 12}),
        ("odd", {"BitsAllocated": 0, "BitsStored": 0}),
        ("odd", {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "SamplesPerPixel": 3}),
        ("damaged", {"BitsAllocated": 1, "BitsStored": 1, "HighBit": 0, "Rows": 5000, "Columns": 5000}),
        ("odd", {"BitsAllocated": 64, "BitsStored": 64, "HighBit": 63}),
        ("odd", {"BitsStored": 0}),
        ("odd", {"BitsStored": 40, "HighBit": 39}),
        ("odd", DEEP),
        ("odd", {"HighBit": 3}),
        ("odd", {"SamplesPerPixel": 0}),
        ("odd", {"SamplesPerPixel": 4}),
        ("damaged", {"SamplesPerPixel": 3}),
        ("odd", {"SamplesPerPixel": 3, "BitsStored": 6, "HighBit": 5}),
        ("odd", {"PhotometricInterpretation": "YBR_FULL_422"}),
        ("odd", {"PhotometricInterpretation": "CMYK"}),
        ("odd", {"PhotometricInterpretation": "PALETTE COLOR"}),
        ("none", {"PixelData": None}),
    ],
)
def test_false_numbers_give_a_plain_tile(why: str, fields: dict[str, Any]) -> None:
    start = time.process_time()
    assert of(**{**GRAY, "PixelData": words(RAMP), **fields}).why == why
    assert time.process_time() - start < 0.5


def test_numbers_that_are_none_are_left_out() -> None:
    one = made.dataset(**GRAY, PixelData=words(RAMP))
    data = made.written(one)
    for tag, vr in ((0x00281050, "DS"), (0x00281051, "DS"), (0x00281053, "DS"), (0x00280030, "DS"), (0x00280008, "IS")):
        one.add_new(tag, vr, "11111111")
    with_numbers = made.written(one)
    for text in (b"nan     ", b"inf     ", b"1e309   ", b"-1      ", b"........", b"\xff" * 8, b"0       "):
        assert drawn(with_numbers.replace(b"11111111", text)).why in (None, "damaged"), text
    assert drawn(data).png


def test_a_file_that_ends_early_and_one_whose_pixels_overlap_its_end_are_tiles() -> None:
    data = made.image(**GRAY, PixelData=words(RAMP))
    assert drawn(data[:-100]).why == "damaged"
    longer = data.replace((2 * SIDE * SIDE).to_bytes(4, "little"), (1 << 31).to_bytes(4, "little"))
    assert longer != data
    assert drawn(longer).why == "damaged"


def test_fractions_and_a_strange_syntax_are_tiles() -> None:
    assert drawn(made.written(FLOAT)).why == "odd"
    assert drawn(packed(encapsulate([b"12345678"]), "1.2.3.4")).why == "odd"
    assert drawn(packed(encapsulate([b"12345678"]), "1.2.840.10008.1.2.4.102")).why == "compressed", "a film"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xfe\xff\x00\xe0\0\0\0\0\xfe\xff\x00\xe0\0\0\0\0",
        encapsulate([b"\xff\xd8" + bytes(60) + b"\xff\xd9"]),
        b"\xfe\xff\x00\xe0\xff\xff\xff\xff",
        b"\xfe\xff\x00\xe0\0\0\0\0\xfe\xff\x00\xe0\xf0\xff\xff\x7f",
        b"\xfe\xff\x00\xe0\x08\0\0\0\0\0\0\0\xf0\xff\xff\xff\xfe\xff\x00\xe0\4\0\0\0abcd",
        b"\xfe\xff\x00\xe0\x08\0\0\0\x50\0\0\0\x08\0\0\0\xfe\xff\x00\xe0\4\0\0\0abcd",
    ],
)
@pytest.mark.parametrize("frames", ["1", "2", "10000"])
def test_false_fragments_give_a_plain_tile(data: bytes, frames: str) -> None:
    data += b"" if data.endswith(b"\xfe\xff\xdd\xe0\0\0\0\0") else b"\xfe\xff\xdd\xe0\0\0\0\0"
    start = time.monotonic()
    assert drawn(packed(data, NumberOfFrames=frames)).why in ("compressed", "damaged")
    assert time.monotonic() - start < 4


def test_a_stream_of_another_size_than_the_header_is_a_tile_or_a_picture_and_soon() -> None:
    one = pydicom.dcmread(io.BytesIO(sample("examples_jpeg2k")))
    for rows, columns in ((5, 5), (5000, 6000), (65535, 65535), (640, 480)):
        one.Rows, one.Columns = rows, columns
        out = io.BytesIO()
        one.save_as(out)
        start = time.monotonic()
        assert drawn(out.getvalue()).why in (None, "compressed", "odd")
        assert time.monotonic() - start < compressed.SECONDS + 3


@pytest.mark.parametrize(
    ("name", "mark", "places"),
    [
        ("MR_small_jp2klossless", b"\xff\x51", ((6, 4), (10, 4), (22, 4), (26, 4))),
        ("MR_small_jpeg_ls_lossless", b"\xff\xf7", ((5, 2), (7, 2))),
        ("SC_rgb_jpeg_gdcm", b"\xff\xc3", ((5, 2), (7, 2))),
        ("SC_rgb_dcmtk_+eb+cr", b"\xff\xc0", ((5, 2), (7, 2))),
    ],
)
def test_a_stream_that_claims_gigabytes_is_a_tile(name: str, mark: bytes, places: tuple[tuple[int, int], ...]) -> None:
    data = bytearray(sample(name))
    start = data.index(mark, described.describe(papers.source(bytes(data))).place)
    for place, size in places:
        data[start + place : start + place + size] = (60_000).to_bytes(size, "big")
    begun = time.monotonic()
    assert drawn(bytes(data)).why == "compressed"
    assert time.monotonic() - begun < 4


def mutated(pick: random.Random, data: bytes, first: int, last: int) -> bytes:
    found = bytearray(data)
    for _ in range(pick.randint(1, 6)):
        found[pick.randrange(first, last)] = pick.choice((0, 1, 0xFF, pick.randrange(256)))
    return bytes(found[: pick.randrange(1, len(found))] if pick.random() < 0.1 else found)


def test_thousands_of_mutated_headers_never_raise_nor_take_long() -> None:
    pick = random.Random(20261103)
    palette = made.dataset(**{**BYTES, "PhotometricInterpretation": "PALETTE COLOR"})
    for color in ("Red", "Green", "Blue"):
        setattr(palette, f"{color}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(palette, f"{color}PaletteColorLookupTableData", bytes(512))
    seeds = [
        *(made.image(syntax=syntax, **GRAY, PixelData=words(RAMP)) for syntax in ("explicit", "implicit", "big")),
        made.image(**{**COLOR, "PixelData": 3 * bytes(RAMP)}, WindowCenter="40", WindowWidth="400"),
        made.written(palette),
    ]
    whys = set()
    for _ in range(3000):
        data = pick.choice(seeds)
        start = time.process_time()
        found = drawn(mutated(pick, data, 132, data.index(b"\xe0\x7f") + 12 if b"\xe0\x7f" in data else len(data)))
        assert time.process_time() - start < 1
        assert len(found.png) <= png.LARGEST
        whys.add(found.why)
    assert {None, "damaged", "odd"} <= whys


def test_mutated_streams_harm_nobody() -> None:
    pick = random.Random(20261104)
    names = ("MR_small_RLE", "MR_small_jp2klossless", "MR_small_jpeg_ls_lossless", "SC_rgb_jpeg_gdcm", "JPGExtended")
    whys = set()
    for name in names:
        data = sample(name)
        place = described.describe(papers.source(data)).place
        for _ in range(60):
            start = time.monotonic()
            whys.add(drawn(mutated(pick, data, place, min(place + 600, len(data)))).why)
            assert time.monotonic() - start < compressed.SECONDS + 3
    assert whys >= {None, "compressed"}
    assert drawn(sample("MR_small_RLE")).png, "the next file is read"


# Which series are drawn


def many(studies: int, series: int) -> Inventory:
    found = Inventory()
    data = made.image(**BYTES)
    for s in range(studies):
        parts = [Series(f"{s}.{n}", images=1, frames=1, middle=f"{s}/{n}") for n in range(series)]
        found.studies.append(Study(str(s), made.read(made.image()).patient, parts=parts))
        source = papers.source(data)
        found.files += [File(one.middle, "dicom", image=made.read(data).image, source=source) for one in parts]
    return found


def test_no_more_than_a_few_are_drawn_until_someone_asks() -> None:
    album = Album(many(7, 15))
    list(album.steps())
    assert len(album.made) == ALL
    assert [len(album.rows(n)) for n in range(7)] == [EACH] * 5 + [0, 0]
    assert [album.hidden(n) for n in range(7)] == [3] * 5 + [15, 15]
    album.more(0)
    album.more(6)
    list(album.steps())
    assert [len(album.rows(n)) for n in (0, 6)] == [15, EACH]
    assert len(album.made) == ALL + 3 + EACH
    assert not album.is_all


def test_drawing_ends_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbook.scan.pictures.album.SECONDS", -1)
    album = Album(many(1, 3))
    list(album.steps())
    assert {row.why for row in album.rows(0)} == {"No picture: it took too long"}


def test_what_is_no_image_has_no_row(tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(made.image(**BYTES, SeriesNumber="3", SeriesDescription="AX T2"))
    (tmp_path / "2").write_bytes(made.report(2))
    album = Album(inventory.take(tmp_path))
    (row,) = album.rows(0)
    assert (row.name, row.amount, row.alt) == ("3. AX T2", "1 image", "AX T2: picture of image 1 of 1")
