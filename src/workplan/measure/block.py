"""Measures the text block: margins, lines, pitch and grid, by the em boxes of the body text (5.2)."""

from __future__ import annotations

import re
import statistics
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from workplan.chinese.characters import CLOSING, STOPS
from workplan.lengths import Em, Mm, em_to_pt, pt_to_mm
from workplan.measure import standard
from workplan.measure.body import is_chinese
from workplan.measure.breaks import cause, is_right
from workplan.measure.faces import shown_face
from workplan.measure.margins import ENDS
from workplan.measure.requirement import Sample, judge
from workplan.page.dimensions import BODY, WORD_BASELINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workplan.measure.body import GridRun, MeasuredDocument
    from workplan.measure.page import GlyphLine
    from workplan.measure.requirement import Measurement, Requirement

_MARKS = STOPS | CLOSING
#: Greatest distance from the margin of a line that begins there.
_FLUSH = Mm(1.0)
#: Greatest distance between a mark's em box and the right edge, if that is to be within it.
_TOUCHES = Mm(0.3)
#: Greatest indent of a line of text; one further in is a name, a date, a centred line.
_FIRST_LINE = Em(2.5)
#: Greatest distance between the edge and a mark that hangs beyond it: the spacing of the line.
_HANGS = Mm(1.0)
#: Greatest distance by which a first and a last 字 may miss the edges that they touch with the wider pitch.
_EDGES = Mm(1.0)
#: Greatest part of a line by which a distance of whole lines may miss.
_WHOLE = 0.15
#: The words with which an attachment begins, on a new page (7.3.7).
_ATTACHMENT = re.compile(r"附件[\d一二三四五六七八九十]{0,3}[:：]?")
#: Least number of lines on a page that was meant to be full.
_NEARLY_FULL = 20
#: Share of full lines with 28 字 from which on they are the rule: where marks are not squeezed, others hold 27.
_OFTEN = 0.25


def items(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """Everything measured on the text block."""
    lines = tuple(full_lines(document))
    tops = _tops(document)
    return (
        *_paper(document),
        *_margin(document),
        *_top_margin(document, tops),
        *judge(standard.BELOW, _below(document, tops)),
        *_widths(document, lines),
        *judge(standard.CHARACTER_COUNT, _characters(document, lines)),
        *judge(standard.LINE_COUNT, _counts(document)),
        *judge(standard.LINE_PITCH, _pitch(document)),
        *judge(standard.BASELINE, _baselines(document)),
        *_type(document),
    )


def full_lines(document: MeasuredDocument) -> Iterator[GlyphLine]:
    """The lines that continue in the next one, and so must fill the measure."""
    rows = [(run, line) for run in document.runs for line in run.lines]
    for (run, line), (next_run, next_line) in pairwise(rows):
        near = next_line.baseline - line.baseline < 1.5 * document.pitch if next_run is run else _turns(run, next_run)
        right = document.margins.flush(line.page) + standard.WIDTH
        end = right - pt_to_mm(em_to_pt(ENDS, document.size))
        text = line.left < document.margins.flush(line.page) + pt_to_mm(em_to_pt(_FIRST_LINE, document.size))
        if near and text and _is_flush(document, next_line) and line.right > end:
            yield line


def _turns(run: GridRun, next_run: GridRun) -> bool:
    return next_run.page == run.page + 1 and next_run.is_first


def _is_flush(document: MeasuredDocument, line: GlyphLine) -> bool:
    return abs(line.left - document.margins.flush(line.page)) < _FLUSH


def _paper(document: MeasuredDocument) -> Iterator[Measurement]:
    """Width and height of the paper; a landscape page counts as a portrait one."""
    pages = document.pages
    yield from judge(standard.PAPER_WIDTH, (Sample(page.number, min(page.width, page.height)) for page in pages))
    yield from judge(standard.PAPER_HEIGHT, (Sample(page.number, max(page.width, page.height)) for page in pages))


def _margin(document: MeasuredDocument) -> tuple[Measurement, ...]:
    """The left margin of every page that shows one; a mirrored one counts as if it were not mirrored."""
    if document.grid is not None:
        asked = [Sample(1, document.grid.left, reading="asked")]
        return _exact_or_wrong(standard.LEFT_EXACT, standard.LEFT_MARGIN, asked)
    samples = []
    for page, left in sorted(document.margins.shown.items()):
        wanted = document.margins.left(page)
        reading = "mirrored" if wanted != standard.LEFT else ""
        samples.append(Sample(page, standard.LEFT + left - wanted, reading=reading))
    return _exact_or_wrong(standard.LEFT_EXACT, standard.LEFT_MARGIN, samples)


def _exact_or_wrong(exact: Requirement, wrong: Requirement, samples: Sequence[Sample]) -> tuple[Measurement, ...]:
    """One measurement: an error beyond what the standard allows, else a warning, since printing still adds its deviation."""
    item = judge(wrong, samples)
    return item if any(found.deviates for found in item) else judge(exact, samples)


def _top_margin(document: MeasuredDocument, tops: Sequence[Sample]) -> tuple[Measurement, ...]:
    """The upper margin; with a line pitch of neither reading its place is known to a millimetre or two only.

    A page that begins lines too low has a reading of its own: more likely lines are blank than the margin is as wrong.
    """
    samples = [
        replace(one, reading="blank-line") if _begins_low(float(one.value), document.pitch) else one for one in tops
    ]
    if _model(document.pitch):
        return _exact_or_wrong(standard.TOP_EXACT, standard.TOP_MARGIN, samples)
    return judge(
        standard.TOP_MARGIN,
        [replace(one, reading="blank-line" if one.reading == "blank-line" else "about") for one in samples],
    )


def _begins_low(top: float, pitch: Mm) -> bool:
    lines = (top - standard.TOP) / pitch
    return round(lines) >= 1 and abs(lines - round(lines)) < _WHOLE


def _tops(document: MeasuredDocument) -> list[Sample]:
    """Upper edge of the text block on every page that begins with body text, in the reading that fits most pages.

    A line's em box can be in the middle of the line's height, or have its baseline at four fifths of it, where word processors
    put it; with the wider pitch the block begins with the first em box.
    """
    pitch = document.pitch
    starts = [(run, _start(run, pitch)) for run in document.runs if run.is_first and pitch]
    model = _model(pitch)
    readings = [
        [Sample(run.page, base - _to_baseline(run.lines[0], pitch, name), reading=name) for run, base in starts]
        for name in ("boxes", "word", "edges")
        if not model or (name == "edges") == (model == "edges")
    ]
    samples = min(readings, key=_distance) if starts else []
    near = [sample for sample in samples if abs(float(sample.value) - standard.TOP) < 0.7 * pitch]
    return near or samples  # if some pages begin at the top, the others begin with blank lines


def _start(run: GridRun, pitch: Mm) -> Mm:
    """The first baseline: of the grid, or the line's own where the lines stand on none."""
    phase, first = run.phase(pitch), run.lines[0].baseline
    return phase if abs(phase - first) < standard.PRINTING else first


def _to_baseline(line: GlyphLine, pitch: Mm, reading: str) -> Mm:
    """From the upper edge of a line to its baseline."""
    size = pt_to_mm(line.size)
    descent = line.main.font.descent * size
    return Mm({"boxes": (pitch + size) / 2 - descent, "word": WORD_BASELINE * pitch, "edges": size - descent}[reading])


def _distance(samples: Sequence[Sample]) -> float:
    """How far the upper edges of most pages are from where they should be."""
    return statistics.median(abs(float(sample.value) - standard.TOP) for sample in samples)


def _model(pitch: Mm) -> str:
    """The reading of 5.2.3 that a line pitch follows; "" for none."""
    wide = (standard.LINES - 1) * pitch > standard.HEIGHT - pt_to_mm(BODY) - _EDGES
    if standard.LINE_PITCH.deviation(pitch) > standard.LINE_PITCH.tolerance:
        return ""
    return "edges" if wide else "boxes"


def _below(document: MeasuredDocument, tops: Sequence[Sample]) -> Iterator[Sample]:
    """How far text extends below the text block; the shift of a whole page is reported as its margin instead."""
    moved = {sample.page: float(sample.value) - standard.TOP for sample in tops}
    for run in document.runs:
        if standard.PAPER_HEIGHT.deviation(document.pages[run.page - 1].height) > standard.PRINTING:
            continue  # the lower edge of the text block is where A4 has it
        down = run.lines[-1].bottom - standard.BOTTOM - max(moved.get(run.page, 0.0), 0.0)
        yield Sample(run.page, max(0.0, down))


def _widths(document: MeasuredDocument, lines: Sequence[GlyphLine]) -> tuple[Measurement, ...]:
    if document.grid is not None:  # LibreOffice has laid the lines out on a grid of its own
        return ()
    samples = [_width(document, line) for line in lines]
    long = [sample for sample in samples if float(sample.value) > standard.WIDTH]
    item = judge(standard.LINE_LONG, long)
    if any(found.deviates for found in item):
        return item
    # What is too long within the tolerance of the longer is not too short.
    short = [replace(one, spared=True) if float(one.value) > standard.WIDTH else one for one in samples]
    return judge(standard.LINE_SHORT, short)


def _width(document: MeasuredDocument, line: GlyphLine) -> Sample:
    """A line's width from the margin; a mark at its end may hang beyond the text block, or be squeezed by half."""
    flush, last = document.margins.flush(line.page), line.glyphs[-1]
    width = line.right - flush
    if last.text not in _MARKS or len(line.glyphs) == 1:
        return Sample(line.page, width)
    readings = {"": width, "squeezed": width - last.advance / 2, "hung": line.glyphs[-2].right - flush}
    reading = min(readings, key=lambda name: abs(readings[name] - standard.WIDTH))
    hangs = reading == "hung" and abs(last.x - flush - standard.WIDTH) < _HANGS
    if (last.x - flush - _TOUCHES <= standard.WIDTH <= width + _TOUCHES) or hangs:
        off = abs(readings[reading] - standard.WIDTH) > _TOUCHES
        return Sample(line.page, readings[reading], spared=True, reading=reading or ("squeezed" if off else ""))
    return Sample(line.page, width)


def _characters(document: MeasuredDocument, lines: Sequence[GlyphLine]) -> Iterator[Sample]:
    """Number of 字 in most full lines, of those without digits, letters and indent; as the grid of a DOCX gives it."""
    if document.grid is not None:
        yield Sample(1, document.grid.characters, reading="asked")
        return
    counts = [
        (len(line.glyphs), line.page)
        for line in lines
        if _is_flush(document, line) and all(glyph.is_wide for glyph in line.glyphs) and is_chinese(line.glyphs[-1])
    ]
    if counts:
        right = sum(count == standard.CHARACTERS for count, _ in counts)
        wide = abs(document.margins.width - standard.WIDTH) < standard.PRINTING
        often = wide and right > 0 and right >= _OFTEN * len(counts)
        usual = standard.CHARACTERS if often else statistics.mode(count for count, _ in counts)
        yield Sample(next(page for count, page in counts if count == usual), usual)


def _counts(document: MeasuredDocument) -> Iterator[Sample]:
    """Number of lines on every page whose text continues on the next, with the likely cause where there are others than 22."""
    for run, next_run in pairwise(document.runs if document.pitch else ()):
        if not (run.is_first and _turns(run, next_run)) or _ATTACHMENT.fullmatch(next_run.lines[0].text):
            continue
        if _has_more(document, run):
            continue
        lines = run.slots(document.pitch)[-1] + 1
        if lines >= _NEARLY_FULL or _is_flush(document, next_run.lines[0]):
            reading = "" if lines == standard.LINES else cause(next_run, lines, document)
            yield Sample(run.page, lines, spared=is_right(reading, lines, next_run), reading=reading)


def _has_more(document: MeasuredDocument, run: GridRun) -> bool:
    """Whether something else stands below the body lines: a table, a formula, a note."""
    last = run.lines[-1].baseline
    lines = document.pages[run.page - 1].lines
    return any(line.baseline > last and line not in document.folios for line in lines)


def _pitch(document: MeasuredDocument) -> Iterator[Sample]:
    if document.pitch:
        run = max(document.runs, key=lambda run: len(run.lines))
        yield Sample(run.page, document.pitch, reading=_model(document.pitch))


def _baselines(document: MeasuredDocument) -> Iterator[Sample]:
    """The distance of each line from the grid of its page."""
    for run in document.runs if document.pitch else ():
        base = run.phase(document.pitch)
        for line, slot in zip(run.lines, run.slots(document.pitch), strict=True):
            off = line.baseline - base - slot * document.pitch
            yield Sample(run.page, off - round(off / document.pitch) * document.pitch)


def _type(document: MeasuredDocument) -> Iterator[Measurement]:
    glyphs = [
        (run.page, glyph) for run in document.runs for line in run.lines for glyph in line.glyphs if glyph.is_wide
    ]
    if glyphs:
        page = glyphs[0][0]
        yield from judge(standard.BODY_SIZE, [Sample(page, statistics.mode(round(one.size, 2) for _, one in glyphs))])
        names = [one.font.name for _, one in glyphs if one.font.name]
        yield from judge(standard.BODY_FACE, [Sample(page, shown_face(statistics.mode(names)))] if names else [])
