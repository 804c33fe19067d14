"""Which files a scenario is made of: the model it names, what it extends, and that all of it stays in the project."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath

from rmscenario.errors import Fault, InputError, shown
from rmscenario.scenario.document import Lines, ScenarioFile, parse
from rmscenario.scenario.faults import Place, quoted
from rmscenario.tables.parts import ROUND_FILE, round_folders

#: [B] Largest scenario file read; the shipped ones are below 3 kB.
LARGEST_FILE = 1_000_000
#: Folder by which the project is known.
MODELS = "models"
#: Endings of the files a model folder is read from.
MODEL_FILES = (".toml", ".csv", ".xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """A scenario file, read: what it says, and where each key stands.

    `model` is the folder it names itself, None if it names none.
    """

    path: Path
    label: str
    digest: str
    document: ScenarioFile
    lines: Lines
    model: Path | None

    @property
    def name(self) -> str:
        """The scenario's name: the file's, without `.toml`."""
        return self.path.stem

    def place(self, *keys: str | int) -> Place:
        """Where a key of the file stands."""
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.lines:
                return Place(file=self.label, line=self.lines[keys[:length]])
        return Place(file=self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The model folder and the files to lay over it, first to last; a file that several extend is laid over once."""

    root: Path
    model: Path
    layers: tuple[Layer, ...]

    def digests(self) -> dict[str, str]:
        """SHA-256 of every file a scenario is made of, by its path in the project."""
        digests = {layer.label: layer.digest for layer in self.layers}
        # A round's manifest holds the hashes of all other files of the round.
        rounds = (place / ROUND_FILE for place in round_folders(self.model))
        for path in (*sorted(self.model.iterdir()), *rounds):
            if path.is_file() and (path.suffix.lower() in MODEL_FILES or path.name == ROUND_FILE):
                with path.open("rb") as stream:
                    digests[_label(path, self.root)] = hashlib.file_digest(stream, "sha256").hexdigest()
        return dict(sorted(digests.items()))


def project_root(folder: Path) -> Path:
    """The project a folder belongs to: the nearest folder above or at it that holds `models/`; itself if there is none."""
    folder = folder.resolve()
    return next((above for above in (folder, *folder.parents) if (above / MODELS).is_dir()), folder)


def follow(paths: Sequence[Path]) -> Chain:
    """Read the scenario files (or one model folder), and all that they extend.

    Raises
    ------
    InputError
        When a file is missing or faulty, leaves the project, extends itself, or the files name different models.
    """
    if not paths:
        raise InputError([_no_file("no scenario", "the path of a scenario file or of a model folder")])
    first = paths[0]
    root = project_root(first if first.is_dir() else first.parent)
    layers: dict[Path, Layer] = {}
    given: set[Path] = set()
    faults: list[Fault] = []
    model: tuple[Path, str] | None = None
    for number, path in enumerate(paths):
        if path.is_dir():
            if number:
                faults.append(
                    Place(file=str(path)).fault(
                        None,
                        found="a folder",
                        expected="a scenario file",
                        remedy="a model folder can only come first, the scenario files after it",
                    )
                )
            else:
                model = (path.resolve(), str(path))
                root = path.resolve().parent if root == path.resolve() else root
            continue
        if path.resolve() in given:
            faults.append(
                Place(file=_label(path, root)).fault(
                    None, found="the same scenario twice", expected="each scenario once", remedy="name it once"
                )
            )
            continue
        given.add(path.resolve())
        for layer in _read_chain(path, root):
            layers.setdefault(layer.path, layer)
    for layer in layers.values():
        if layer.model is None:
            continue
        if model is None:
            model = (layer.model, layer.label)
        elif layer.model != model[0]:
            faults.append(
                layer.place("model").fault(
                    "model",
                    found=shown(layer.document.model),
                    expected=f"the model that {model[1]} names",
                    remedy="combine scenarios of one model, or leave `model` out",
                )
            )
    if model is None and not faults:
        faults.append(
            _no_file(
                "no model",
                'a file with `model`, e.g. model = "../models/tiny"',
                next(iter(layers.values())).label,
            )
        )
    if faults or model is None:
        raise InputError(faults)
    return Chain(root=root, model=model[0], layers=tuple(layers.values()))


def _read_chain(path: Path, root: Path) -> list[Layer]:
    """A file and all it extends, the innermost first."""
    chain: list[Layer] = []
    own_root = project_root(path.parent)
    where: Place | None = None
    following = path.resolve()
    while True:
        labels = [layer.label for layer in chain]
        if following in [layer.path for layer in chain] and where is not None:
            ring = " → ".join([*labels, _label(following, root)])
            raise InputError(
                [
                    where.fault(
                        "extends",
                        found=f"a circle ({ring})",
                        expected="a chain that ends",
                        remedy="remove one `extends`",
                    )
                ]
            )
        layer = _read(following, root, own_root, where)
        chain.append(layer)
        if layer.document.extends is None:
            return chain[::-1]
        where = layer.place("extends")
        following = _inside(layer.document.extends, layer.path, own_root, where, "extends")


def _read(path: Path, root: Path, own_root: Path, where: Place | None) -> Layer:
    label = _label(path, root)
    here = where or Place(file=label)
    column = "extends" if where else None
    if path.suffix != ".toml" or not path.is_file():
        raise InputError(
            [
                here.fault(
                    column,
                    found=f"{shown(label)}, which is no file" if not path.is_file() else shown(path.name),
                    expected="a scenario file (.toml)",
                    remedy="check the path",
                )
            ]
        )
    if path.stat().st_size > LARGEST_FILE:
        raise InputError(
            [
                here.fault(
                    column,
                    found=f"{path.stat().st_size} bytes",
                    expected=f"at most {LARGEST_FILE} bytes",
                    remedy="keep figures in the model's tables",
                )
            ]
        )
    content = path.read_bytes()
    document, lines = parse(content, label)
    layer = Layer(
        path=path,
        label=label,
        digest=hashlib.sha256(content).hexdigest(),
        document=document,
        lines=lines,
        model=None,
    )
    if document.model is None:
        return layer
    model = _inside(document.model, path, own_root, layer.place("model"), "model")
    if not model.is_dir():
        raise InputError(
            [
                layer.place("model").fault(
                    "model",
                    found=f"{shown(document.model)}, which is no folder",
                    expected="the folder of a region's tables",
                    remedy="check the path; it is relative to this file",
                )
            ]
        )
    return replace(layer, model=model)


def _inside(text: str, file: Path, root: Path, place: Place, column: str) -> Path:
    """A path of a scenario file, which may not leave the project, by `..`, a symbolic link or otherwise."""
    windows = PureWindowsPath(text)
    if not text or "\\" in text or "\0" in text or windows.anchor or windows.drive or text.startswith("~"):
        raise InputError(
            [
                place.fault(
                    column,
                    found=quoted(text),
                    expected="a path relative to this file, with `/` between folders",
                    remedy='write e.g. "../models/tiny"',
                )
            ]
        )
    path = (file.parent / text).resolve()
    if not path.is_relative_to(root):
        raise InputError(
            [
                place.fault(
                    column,
                    found=f"{shown(text)}, which leaves the project",
                    expected=f"a path inside the folder that holds `{MODELS}/` and this file",
                    remedy="move the scenario or what it names into the project",
                )
            ]
        )
    return path


def _label(path: Path, root: Path) -> str:
    path = path.resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _no_file(found: str, expected: str, file: str = "scenario") -> Fault:
    return Fault(file=file, found=found, expected=expected, remedy="name one")


__all__ = ["Chain", "Layer", "follow", "project_root"]
