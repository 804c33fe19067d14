"""The Word template of the dossiers, and a region's own."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from rmscenario import tables
from rmscenario.errors import InputError
from rmscenario.workflow.dossiers import write_template
from tests.reporting.dossiers.made import paragraphs
from tests.rounds.dossiers import proposed, sent
from tests.rounds.rounds import NAME, planned


def own_template(place: Path, text: str) -> Path:
    made = docx.Document()
    made.add_paragraph(text)
    path = place / "templates" / "dossier.docx"
    path.parent.mkdir(exist_ok=True)
    made.save(str(path))
    return path


def test_a_region_replaces_the_template_by_its_own(tmp_path: Path) -> None:
    model, run, folder = proposed(tmp_path, planned())
    own_template(model, "Kære {{ unit }}: {{ table_of.signs.rows|length }} linjer")
    assert tables.load(model) is not None
    folder = sent(model, run, tmp_path / "own")
    assert list(paragraphs(folder / "HUS.docx")) == ["Kære Sygehuset: 3 linjer"]
    with pytest.raises(InputError, match=r"templates/dossier\.docx: found a template of the region"):
        write_template(model)


@pytest.mark.parametrize(
    "text",
    ["{{ chairman }}", "{{ ''.__class__.__mro__ }}", "{% for x in parts %}", "{{ title.format.__globals__ }}"],
)
def test_a_template_that_asks_for_more_than_a_dossier_has_is_refused_and_nothing_is_written(
    text: str, tmp_path: Path
) -> None:
    model, run, _ = proposed(tmp_path, planned())
    own_template(model, text)
    with pytest.raises(InputError, match=r"templates/dossier\.docx: found .* expected a Word template with the fields"):
        sent(model, run, tmp_path / "own")
    assert not (tmp_path / "own" / NAME).exists()


def test_a_template_that_is_no_document_is_refused(tmp_path: Path) -> None:
    model, run, _ = proposed(tmp_path, planned())
    own_template(model, "").write_bytes(b"no document")
    with pytest.raises(InputError, match=r"templates/dossier\.docx: found a document that cannot be read"):
        sent(model, run, tmp_path / "own")


def test_the_template_that_comes_with_the_package_is_written_once_and_gives_the_same_document(tmp_path: Path) -> None:
    model, run, folder = proposed(tmp_path, planned())
    write_template(model)
    again = sent(model, run, tmp_path / "own")
    assert (again / "HUS.docx").read_bytes() == (folder / "HUS.docx").read_bytes()
