"""`python -m bench`: the budgets, measured on this machine. `--quick` within a minute, `--json` for programs."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence

from bench.alone import micro
from bench.history import weigh
from bench.house import house
from bench.pairs import compare
from bench.storm import storm

#: Figure, bound, and whether it is the least or the most.
BUDGETS: tuple[tuple[str, float, str], ...] = (
    ("ratio_throughput", 0.8, "least"),
    ("ratio_cpu", 1.2, "most"),
    ("ratio_storm", 1.2, "most"),
    ("decide_us", 1000, "most"),
    ("due_us", 10, "most"),
    ("packs_load_ms", 1000, "most"),
    ("pack_load_ms", 50, "most"),
    ("help_ms", 400, "most"),
    ("actions_per_step", 3.0, "most"),
    ("history_bytes", 60 * 1024, "most"),
)


def main(line: Sequence[str]) -> int:
    """0 if every budget that was measured holds, else 1."""
    asked = _parser().parse_args(line)
    found = asyncio.run(_measured(quick=asked.quick, pairs=asked.pairs, complaints=asked.complaints))
    rounded = {name: round(value, 3) for name, value in found.items()}
    broken = [name for name, bound, side in BUDGETS if name in found and not _holds(found[name], bound, side)]
    if asked.json:
        print(json.dumps(rounded))
    else:
        bounds = {name: f"{'≥' if side == 'least' else '≤'} {bound:g}" for name, bound, side in BUDGETS}
        for name, value in rounded.items():
            print(f"{name:<28}{value:>12,}  {bounds.get(name, ''):<10}{'  over the budget' if name in broken else ''}")
    return 1 if broken else 0


async def _measured(*, quick: bool, pairs: int, complaints: int) -> dict[str, float]:
    async with house() as quiet:
        found = await compare(quiet, pairs or (3 if quick else 5), complaints or (16 if quick else 60))
        if not quick:
            found |= await storm(quiet)
    async with house(virtual_clock=True, twin=False) as virtual:
        found |= await weigh(virtual)
    return found | micro()


def _holds(value: float, bound: float, side: str) -> bool:
    return value >= bound if side == "least" else value <= bound


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Redress beside the same work by hand.")
    parser.add_argument("--quick", action="store_true", help="within a minute: fewer complaints, no storm")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--pairs", type=int, default=0, help="pairs of Redress and twin (5, quick 3)")
    parser.add_argument("--complaints", type=int, default=0, help="complaints of each side in each pair (60, quick 16)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
