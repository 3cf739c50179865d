"""Structure of real documents, held against what a person read in them: the shares that import has to reach."""

from __future__ import annotations

import pytest

from import_keys import keys
from import_structure import Figures, measured
from importing_files import imported_key, shared

pytestmark = pytest.mark.skipif(shared() is None, reason="the documents stand beside the checkout, and are not there")

#: Keys whose annotations are named in full.
_ANNOTATED = ("c01", "c03", "c23", "d21", "d22")


@pytest.fixture(scope="module")
def figures() -> dict[str, Figures]:
    return {name: measured(key, imported_key(key).plan) for name, key in keys().items()}


def _together(figures: dict[str, Figures]) -> Figures:
    total = Figures()
    for one in figures.values():
        total.add(one)
    return total


def test_numbered_paragraphs_have_their_depth_and_number(figures: dict[str, Figures]) -> None:
    assert _together(figures).numbered.share >= 0.99


def test_elements_of_the_frame_are_told_apart(figures: dict[str, Figures]) -> None:
    assert _together(figures).frame.share >= 0.95


def test_attachments_stand_apart_under_their_labels_and_titles(figures: dict[str, Figures]) -> None:
    assert _together(figures).attachments.share >= 0.9


def test_tables_keep_their_columns_and_merged_cells(figures: dict[str, Figures]) -> None:
    assert _together(figures).merged.share >= 0.9


@pytest.mark.parametrize("name", _ANNOTATED)
def test_annotations_have_their_names_and_roles(figures: dict[str, Figures], name: str) -> None:
    assert figures[name].units.wanted
    assert figures[name].units.share >= 0.98


def test_a_pdf_has_the_paragraphs_of_the_word_file_it_was_printed_from(figures: dict[str, Figures]) -> None:
    assert figures["d16"].paragraphs.share >= 0.97
    assert figures["d27"].paragraphs.share >= 0.97


def test_no_document_with_a_key_had_to_give_up_structure() -> None:
    made = {name: imported_key(key) for name, key in keys().items()}
    given_up = {name: (one.whole, dict(one.steps)) for name, one in made.items()}
    assert {name: found for name, found in given_up.items() if found != ("", {})} == {}
