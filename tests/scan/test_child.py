"""The child process for PDFs: one serves many files, and a file that crashes it affects no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scan import papers
from workbook.scan import worker
from workbook.scan.errors import BadRecord
from workbook.scan.formats import dispatch, pdf


def test_a_slow_child_is_killed_and_the_next_file_gets_a_new_one(tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(
        "import sys, time\n"
        "say = lambda b: (sys.stdout.buffer.write(len(b).to_bytes(4, 'big') + b), sys.stdout.buffer.flush())\n"
        "say(b'{}')\n"
        "while size := sys.stdin.buffer.read(8):\n"
        "    data = sys.stdin.buffer.read(int.from_bytes(size, 'big'))\n"
        "    time.sleep(60 if data == b'slow' else 0)\n"
        "    sys.exit(3) if data == b'crash' else say(b'{\"pages\": 1}')\n"
    )
    started = worker.Worker(script, seconds=0.5)
    assert started.ask(papers.source(b"x")) == {"pages": 1}
    for data, status in ((b"slow", "refused"), (b"crash", "damaged")):
        with pytest.raises(BadRecord) as caught:
            started.ask(papers.source(data))
        assert caught.value.status == status
        assert started.ask(papers.source(b"x")) == {"pages": 1}
    started.close()


def test_one_child_serves_many_files() -> None:
    pdf.read(papers.source(papers.pdf("One")))
    first = pdf.worker()._process
    assert first is not None
    pdf.read(papers.source(papers.pdf("Another")))
    assert pdf.worker()._process is first
    dispatch.close()
    assert first.poll() is not None
