"""Edits Word documents in one running LibreOffice as a person would: finds words, selects, types, cuts and pastes.

A script for the Python that knows LibreOffice (module ``uno``), which need not be the one that runs the tests:

    python3 office_driver.py PROGRAM PROFILE ORDERS

``ORDERS`` is a JSON file, a list of ``{"open": path, "steps": [[step, argument], …], "save": [[form, path], …]}``. The steps
are those of the table ``STEPS``; the forms are those of ``FORMS``, and ``pasted``: everything pasted into a new document.
"""

# ruff: noqa: ANN401, FBT003 - what LibreOffice gives has no types, and its calls take flags by position
from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException

if TYPE_CHECKING:
    from collections.abc import Callable

#: Seconds that the first start of an installation may take.
PATIENCE = 60
#: The filters of the forms that a document is saved in.
FORMS = {
    "docx": "MS Word 2007 XML",
    "doc": "MS Word 97",
    "odt": "writer8",
    "xlsx": "Calc MS Excel 2007 XML",
}


def settings(**values: object) -> tuple[Any, ...]:
    """Named values as LibreOffice takes them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


class Office:
    """One running LibreOffice without windows."""

    def __init__(self, program: str, profile: str) -> None:
        pipe = f"workplan{Path(profile).stat().st_ino}"
        user, accept = f"-env:UserInstallation={Path(profile).as_uri()}", f"--accept=pipe,name={pipe};urp;"
        self.process = subprocess.Popen(
            [program, user, "--headless", "--norestore", accept],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        context = self._connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        make = context.ServiceManager.createInstanceWithContext
        self.desktop = make("com.sun.star.frame.Desktop", context)
        self.dispatcher = make("com.sun.star.frame.DispatchHelper", context)

    def _connected(self, address: str) -> Any:
        here = uno.getComponentContext()
        resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self.process.poll():
            try:
                return resolver.resolve(address)
            except NoConnectException:
                time.sleep(0.05)
        sys.exit("LibreOffice does not answer")

    def opened(self, address: str) -> Writer:
        return Writer(self, self.desktop.loadComponentFromURL(address, "_blank", 0, settings(Hidden=True)))

    def end(self) -> None:
        with suppress(DisposedException):  # it may be gone before it has answered
            self.desktop.terminate()
        self.process.wait(PATIENCE)


class Writer:
    """An open document, and where the person in front of it is."""

    def __init__(self, office: Office, document: Any) -> None:
        self.office = office
        self.document = document
        self.cursor: Any = getattr(document.CurrentController, "ViewCursor", None)  # a workbook has none

    def command(self, name: str, **values: object) -> None:
        """What a key or a menu does."""
        frame = self.document.CurrentController.Frame
        self.office.dispatcher.executeDispatch(frame, f".uno:{name}", "", 0, settings(**values))

    def found(self, words: str) -> Any:
        """Where the words stand: once, else the edit may not be the one that is meant."""
        order = self.document.createSearchDescriptor()
        order.SearchString, order.SearchCaseSensitive = words, True
        places = self.document.findAll(order)
        if places.Count != 1:
            sys.exit(f"{places.Count} times in the document: {words}")
        return places.getByIndex(0)

    def go(self, place: Any, to: Any = None) -> None:
        """Put the cursor there, or select up to ``to``."""
        self.cursor.gotoRange(place, False)
        if to is not None:
            self.cursor.gotoRange(to, True)

    def line(self, words: str) -> tuple[Any, Any, Any]:
        """Start and end of the paragraph with the words, and the start of the next one."""
        place = self.found(words)
        walker = place.Text.createTextCursorByRange(place.Start)
        ranges = []
        for step in (walker.gotoStartOfParagraph, walker.gotoEndOfParagraph, walker.gotoNextParagraph):
            step(False)
            ranges.append(walker.Start)
        return ranges[0], ranges[1], ranges[2]

    def words(self, words: str) -> None:
        """Select these words."""
        self.go(self.found(words).Start, self.found(words).End)

    def from_to(self, both: list[str]) -> None:
        """Select from the first words up to the end of the second ones."""
        self.go(self.found(both[0]).Start, self.found(both[1]).End)

    def before(self, words: str) -> None:
        self.go(self.found(words).Start)

    def behind(self, words: str) -> None:
        self.go(self.found(words).End)

    def start(self, words: str) -> None:
        """Go to the start of the paragraph with the words."""
        self.go(self.line(words)[0])

    def end(self, words: str) -> None:
        """Go to the end of the paragraph with the words."""
        self.go(self.line(words)[1])

    def paragraph(self, words: str) -> None:
        """Select the paragraph with the words, and its mark."""
        start, _, following = self.line(words)
        self.go(start, following)

    def type(self, text: str) -> None:
        """Type over what is selected, or where the cursor is."""
        self.command("InsertText", Text=text)

    def press(self, key: str) -> None:
        """InsertPara (the key Enter), Delete, GoLeft, Cut, Paste, AcceptAllTrackedChanges…"""
        self.command(key)

    def comment(self, text: str) -> None:
        """Comment on what is selected. The last thing in an order: the cursor is in the comment then."""
        self.command("InsertAnnotation", Text=text)

    def track(self, on: bool) -> None:  # noqa: FBT001 - one argument for every step
        """Record changes from here on, or no longer."""
        self.document.RecordChanges = on

    def answers(self, texts: list[str]) -> None:
        """Fill in the fields of a task sheet, in their order, as somebody types into cells."""
        cells = self._workbook_fields() if hasattr(self.document, "Sheets") else self._table_fields()
        for cell, text in zip(cells, texts, strict=True):
            cell.setString(text)

    def signed(self, names: list[str]) -> None:
        """Sign a task sheet: the first names go behind the first labels."""
        if hasattr(self.document, "Sheets"):
            sheet = self.document.Sheets.getByIndex(0)
            row = next(row for row in range(500) if sheet.getCellByPosition(0, row).getString().startswith("填报人"))
            cells = [sheet.getCellByPosition(column, row) for column in range(len(names))]
        else:
            table = [one for one in self._tables() if one.Columns.Count != 2][-1]
            cells = [table.getCellByPosition(column, 0) for column in range(len(names))]
        for cell, name in zip(cells, names, strict=True):
            cell.setString(cell.getString() + name)

    def _tables(self) -> list[Any]:
        found = []
        walk = self.document.Text.createEnumeration()
        while walk.hasMoreElements():
            part = walk.nextElement()
            if part.supportsService("com.sun.star.text.TextTable"):
                found.append(part)
        return found

    def _table_fields(self) -> list[Any]:
        tables = [table for table in self._tables() if table.Columns.Count == 2]
        return [table.getCellByPosition(1, row) for table in tables for row in range(table.Rows.Count)]

    def _workbook_fields(self) -> list[Any]:
        sheet = self.document.Sheets.getByIndex(0)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last, end = cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow
        head = next(row for row in range(end) if sheet.getCellByPosition(last, row).getString() == "workplan")
        rows = [row for row in range(head + 1, end + 1) if sheet.getCellByPosition(last, row).getString()]
        return [sheet.getCellByPosition(column, row) for row in rows for column in range(3, last)]

    def save(self, form: str, path: str) -> None:
        if form == "pasted":
            self._paste(path)
        else:
            self.document.storeToURL(Path(path).as_uri(), settings(FilterName=FORMS[form]))

    def _paste(self, path: str) -> None:
        # In a cell of a table "all" would be that cell.
        self.go(self.document.Text.Start)
        self.command("SelectAll")
        self.command("Copy")
        other = self.office.opened("private:factory/swriter")
        other.command("Paste")
        other.save("docx", path)
        other.document.close(True)


#: What a person can do.
STEPS: dict[str, Callable[..., None]] = {
    "words": Writer.words,
    "from-to": Writer.from_to,
    "before": Writer.before,
    "behind": Writer.behind,
    "start": Writer.start,
    "end": Writer.end,
    "paragraph": Writer.paragraph,
    "type": Writer.type,
    "press": Writer.press,
    "comment": Writer.comment,
    "track": Writer.track,
    "answers": Writer.answers,
    "signed": Writer.signed,
}


def main(program: str, profile: str, orders: str) -> None:
    """Carry out all orders; what fails ends the script, and its words are on stderr."""
    office = Office(program, profile)
    try:
        for order in json.loads(Path(orders).read_text(encoding="utf-8")):
            writer = office.opened(Path(order["open"]).as_uri())
            for step, argument in order["steps"]:
                STEPS[step](writer, argument)
            for form, path in order["save"]:
                writer.save(form, path)
            writer.document.close(True)
        office.end()
    finally:
        office.process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
