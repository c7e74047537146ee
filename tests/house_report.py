"""A report on the package layout: names, imports and lines per folder, and the longest modules. Not a limit.

uv run python -m tests.house_report
"""

from __future__ import annotations

from tests.test_house import MODULES, _arrows

MOST = 12  # of the longest modules


def report() -> str:
    """A table of folders, and the longest modules with their lines."""
    lines = {module: len(file.read_text("utf-8").splitlines()) for module, file in MODULES.items()}
    folders = sorted({"", *(".".join(m.split(".")[:-1]) for m in MODULES if "." in m)})
    rows = [f"{'folder':<32} {'names':>5} {'arrows':>6} {'lines':>6}"]
    for folder in folders:
        inside = f"{folder}." if folder else ""

        def child(module: str, inside: str = inside) -> str:
            return module.removeprefix(inside).partition(".")[0] if module.startswith(inside) else ""

        names = {child(module) for module in MODULES} - {""}
        arrows = {(child(a), child(b)) for a, b in _arrows() if child(a) and child(b) and child(a) != child(b)}
        total = sum(n for module, n in lines.items() if module.startswith(inside))
        rows.append(f"{folder or 'workbook':<32} {len(names):>5} {len(arrows):>6} {total:>6}")
    longest = sorted(lines.items(), key=lambda pair: -pair[1])[:MOST]
    return "\n".join([*rows, "", *(f"{n:>5}  {module}" for module, n in longest)])


if __name__ == "__main__":
    print(report())
