"""How the commands that learn weights are called."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path

MODELS = Path(__file__).parents[1] / "models"


def command(usage: str | None, *inputs: str) -> ArgumentParser:
    """A parser for a command that reads these inputs and writes weights to `out`; `usage` is its help."""
    parser = ArgumentParser(description=usage, formatter_class=RawDescriptionHelpFormatter)
    for name in inputs:
        parser.add_argument(name)
    parser.add_argument(
        "--out", type=_folder, default=MODELS, help="folder for the weights; default: models/"
    )
    return parser


def _folder(path: str) -> Path:
    Path(path).mkdir(parents=True, exist_ok=True)
    return Path(path)
