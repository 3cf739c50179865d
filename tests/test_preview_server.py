"""``workplan preview`` as a browser meets it: a real server on the loopback, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from workplan.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

for needed in ("starlette", "uvicorn", "watchfiles"):
    pytest.importorskip(needed)

from workplan.preview import desk as desks  # noqa: E402 - only where the extra is there
from workplan.preview.desk import Desk  # noqa: E402 - only where the extra is there
from workplan.source import Directory  # noqa: E402 - likewise

PLANS = Path(__file__).parent.parent / "plan"


@dataclass
class Preview:
    """A running preview: its process, its plan, and the cookie that lets in."""

    process: subprocess.Popen[str]
    plan: Path
    port: int
    key: str
    cookie: str = ""

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One answer: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        given = {name.replace("_", "-"): value for name, value in {"cookie": self.cookie, **headers}.items() if value}
        connection.request(method, path, headers=given)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body

    def get(self, path: str) -> dict[str, Any]:
        """An answer as JSON."""
        code, _, body = self.ask(path)
        assert code == 200, body
        found: dict[str, Any] = json.loads(body)
        return found

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The state, as soon as something holds of it."""
        for _ in range(600):
            state = self.get("/api/state")
            if holds(state):
                return state
            time.sleep(0.1)
        raise AssertionError(state)


def begin(plan: Path) -> Preview:
    """Start the command; its first build is done."""
    command = [sys.executable, "-m", "workplan", "--lang", "zh", "preview", str(plan), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True)
    assert process.stderr is not None
    found = re.search(r"http://127\.0\.0\.1:(\d+)/\?key=([\w-]+)", process.stderr.readline())
    assert found, "the address is told first"
    preview = Preview(process, plan, int(found[1]), found[2])
    _, headers, _ = preview.ask(f"/?key={preview.key}")
    preview.cookie = str(headers["set-cookie"]).partition(";")[0]
    preview.until(lambda state: state["revision"] > 0)
    return preview


def end(preview: Preview) -> str:
    """Ctrl-C, and what was said since."""
    preview.process.send_signal(signal.SIGINT)
    _, said = preview.process.communicate(timeout=60)
    return said


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of the example of 2022, whose files nobody changes."""
    plans = shutil.copytree(PLANS, tmp_path_factory.mktemp("preview") / "plan")
    preview = begin(plans / "2022")
    yield preview
    said = end(preview)
    assert "Traceback" not in said
    assert preview.process.returncode == 0


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[Preview]:
    """The same, to be edited."""
    preview = begin(shutil.copytree(PLANS, tmp_path / "plan") / "2022")
    yield preview
    assert "Traceback" not in end(preview)


PATHS = ("/", "/static/main.js", "/api/state", "/api/pages/1.png", "/events", "/nothing")


@pytest.mark.parametrize("path", PATHS)
def test_without_the_key_nothing_is_shown(running: Preview, path: str) -> None:
    for cookie in (f"workplan-{running.port}=x", f"workplan-{running.port}={running.key}", "workplan-1=x"):
        assert running.ask(path, cookie=cookie)[0] == 403
    assert running.ask(f"/?key={running.key[:-1]}", cookie="a=b")[0] == 403


def test_the_key_is_exchanged_for_a_cookie_that_no_script_reads_and_leaves_the_address(running: Preview) -> None:
    code, headers, body = running.ask(f"/?key={running.key}&at=tasks.yaml:65&x=%22%3E%3Cscript%3E", cookie="a=b")
    assert code == 200
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in str(headers["set-cookie"]).split(";")}
    assert running.key not in str(headers["set-cookie"])
    assert running.key.encode() not in body
    assert b"/?at=tasks.yaml%3A65" in body
    assert b"<script" not in body


@pytest.mark.parametrize("path", PATHS[:4])
def test_every_answer_forbids_what_the_page_does_not_need(running: Preview, path: str) -> None:
    for cookie in (running.cookie, "a=b"):
        _, headers, _ = running.ask(path, cookie=cookie)
        policy = dict(part.strip().partition(" ")[::2] for part in str(headers["content-security-policy"]).split(";"))
        assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
        assert policy["frame-ancestors"] == "'none'"
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers


def test_a_name_that_leads_here_from_elsewhere_is_refused(running: Preview) -> None:
    """DNS rebinding: a foreign page's own name, made to lead to this machine."""
    for host in ("evil.example", f"evil.example:{running.port}", "127.0.0.1", f"127.0.0.1.evil.example:{running.port}"):
        assert running.ask("/api/state", host=host)[0] == 421
    assert running.ask("/api/state", host=f"localhost:{running.port}")[0] == 200


def test_another_page_gets_nothing(running: Preview) -> None:
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{running.port + 1}"):
        assert running.ask("/api/state", origin=origin)[0] == 403
    for site in ("cross-site", "same-site"):
        assert running.ask("/api/state", sec_fetch_site=site)[0] == 403
    assert running.ask("/api/state", origin=f"http://127.0.0.1:{running.port}", sec_fetch_site="same-origin")[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_answered(running: Preview, method: str) -> None:
    for path in ("/", "/api/state", "/api/diff"):
        assert running.ask(path, method)[0] == 405


def test_large_requests_are_refused(running: Preview) -> None:
    assert running.ask("/api/at?file=" + "a" * 5000)[0] == 414
    assert running.ask("/api/state", content_length="10")[0] == 413
    assert running.ask("/api/state", x_long="a" * 70000)[0] in (400, 431)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../desk.py",
        "/static/..%2fdesk.py",
        "/static/%2e%2e%2fapp.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/api/sheets/..%2f..%2f",
        "/api/at?file=../../../etc/passwd&line=1",
        "/api/at?file=/etc/passwd&line=1",
        "/api/diff?old=/etc&new=2022",
        "/api/diff?old=HEAD:plan/2022&new=--output=x",
        "/api/pages/0.png",
        "/api/pages/-1/text",
        "/api/pages/99999999999999999999.png",
        "/api/pages/1.png?digest=gone",
    ],
)
def test_no_address_leads_out_of_the_plan(running: Preview, path: str) -> None:
    code, _, body = running.ask(path)
    assert code == 404
    assert json.loads(body)["error"]


def test_the_text_of_a_page_knows_its_line_in_the_file(running: Preview) -> None:
    state = running.get("/api/state")
    files = {path.name: path.read_text("utf-8").splitlines() for path in running.plan.glob("*.yaml")}
    seen = 0
    for page in state["pages"]:
        for line in running.get(f"/api/pages/{page['number']}/text?digest={page['digest']}")["lines"]:
            x0, y0, x1, y1 = line["box"]
            assert 0 <= x0 < x1 <= page["width"]
            assert 0 <= y0 < y1 <= page["height"]
            assert len(line["chars"]) == len(line["text"])
            name = Path(line["file"] or "").name
            if name in files:
                source = files[name][line["line"] - 1][line["column"] - 1 :]
                seen += source[0] in line["text"]
            else:
                assert line["file"] or re.fullmatch(r"[—\s\d]+", line["text"])
    assert seen > 150


def test_a_line_of_a_file_is_found_on_its_page(running: Preview) -> None:
    lines = (running.plan / "tasks.yaml").read_text("utf-8").splitlines()
    number = next(place for place, line in enumerate(lines, 1) if "title: 深化产业合作促进就业" in line)
    found = running.get(f"/api/at?file=tasks.yaml&line={number}")
    told = running.get(f"/api/pages/{found['page']}/text")["lines"]
    x0, y0, _, y1 = found["boxes"][0]
    assert any(
        "深化产业合作促进就业" in line["text"]
        and line["box"][1] <= (y0 + y1) / 2 <= line["box"][3]
        and x0 >= line["box"][0] - 1
        for line in told
    )
    item = next(place for place, line in enumerate(lines, 1) if line.strip() == "items:")
    assert running.get(f"/api/at?file=plan/2022/tasks.yaml&line={item}")["page"] >= 1, "a line that prints nothing"


def test_a_finding_is_pinned_to_its_words(edited: Preview) -> None:
    path = edited.plan / "tasks.yaml"
    path.write_text(path.read_text("utf-8").replace("特色优势产业,顺应", "特色优势产业,,顺应"), "utf-8")
    state = edited.until(lambda state: state["revision"] > 1)
    pinned = [one for one in state["diagnostics"] if one["file"].endswith("tasks.yaml") and one["pins"]]
    assert pinned
    source = path.read_text("utf-8").splitlines()
    for one in pinned:
        if one["line"] != one["end_line"]:
            continue
        words = source[one["line"] - 1][one["column"] - 1 : one["end_column"] - 1]
        under = ""
        for pin in one["pins"]:
            for line in edited.get(f"/api/pages/{pin['page']}/text")["lines"]:
                middle = (line["box"][1] + line["box"][3]) / 2
                for x0, y0, x1, y1 in pin["boxes"]:
                    if y0 <= middle <= y1:
                        under += "".join(
                            text
                            for text, x in zip(line["text"], line["chars"], strict=True)
                            if x0 - 0.1 <= x < x1 - 0.1
                        )
        assert under == words.replace(" ", "")


def test_errors_stand_beside_the_last_good_pages_and_go_when_they_are_mended(edited: Preview) -> None:
    path = edited.plan / "document.yaml"
    good = path.read_text("utf-8")
    before = edited.get("/api/state")
    path.write_text(good + "\nnonsense: 1\n", "utf-8")
    state = edited.until(lambda state: state["summary"]["errors"] > 0)
    assert state["pages"] == before["pages"]
    assert state["good"] == before["good"] < state["revision"]
    path.write_text(good, "utf-8")
    state = edited.until(lambda state: state["summary"]["errors"] == 0)
    assert state["good"] == state["revision"]
    assert state["pages"] == before["pages"], "the same pages have the same digests"


def test_only_pages_that_changed_have_another_digest(edited: Preview) -> None:
    before = edited.get("/api/state")
    path = edited.plan / "tasks.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("顺应产业发展规律", "顺应产业发展规矩", 1), "utf-8")
    state = edited.until(lambda state: state["good"] != before["good"])
    changed = [one["number"] for one, other in zip(state["pages"], before["pages"], strict=True) if one != other]
    assert len(changed) == 1


def test_a_folder_that_vanishes_is_told_and_comes_back(edited: Preview) -> None:
    away = edited.plan.with_name("away")
    edited.plan.rename(away)
    state = edited.until(lambda state: state["summary"]["errors"] > 0)
    assert state["pages"], "the last good pages stay"
    away.rename(edited.plan)
    edited.until(lambda state: state["summary"]["errors"] == 0)


def test_hostile_text_stays_text(edited: Preview) -> None:
    path = edited.plan / "tasks.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("顺应产业发展规律", "<script>alert(1)</script><img src=x onerror=a>", 1), "utf-8")
    edited.until(lambda state: state["good"] == state["revision"] > 1)
    told = edited.get("/api/tasks")
    assert any("<script>alert(1)</script>" in row["text"] for row in told["tasks"])
    code, headers, _ = edited.ask("/api/tasks")
    assert (code, headers["content-type"]) == (200, "application/json")


def test_tables_and_comparisons_are_those_of_the_command_line(
    running: Preview, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(running.plan.parent.parent)

    def called(*words: str) -> dict[str, Any]:
        with pytest.raises(SystemExit) as ended:
            main(["--lang", "zh", *words])
        assert ended.value.code == 0
        found: dict[str, Any] = json.loads(capfd.readouterr().out)
        return found

    assert running.get("/api/diff?old=2022&new=2023") == called("diff", "2022", "2023", "--format", "json")
    assert running.get("/api/units") == called("units", "2022", "--format", "json")
    tasks = running.get("/api/tasks")
    assert all(row.pop("page") and row.pop("file") and row.pop("line") for row in tasks["tasks"])
    assert tasks == called("tasks", "2022", "--format", "json")


def test_a_sheet_is_the_sheet_that_is_built(running: Preview, built: Callable[[Path], Path]) -> None:
    desk = Desk(Directory(running.plan))
    desk.build()
    unit = running.get("/api/sheets")["units"][0]["unit"]
    _, shown = desk.sheet(unit)
    assert shown.opened.content == (built(running.plan) / "sheets" / f"{unit}.pdf").read_bytes()
    told = running.get(f"/api/sheets/{quote(unit)}")
    assert [page["digest"] for page in told["pages"]] == [leaf.digest for leaf in shown.leaves]
    assert unit in told["pages"][0]["lines"][0]["text"]


def test_an_error_of_workplan_itself_is_told_and_the_next_save_is_built(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The thread that builds has nobody to tell it to but the page, and nobody to begin it again."""
    desk = Desk(Directory(PLANS / "2022"))
    good = desk.build().good
    with monkeypatch.context() as broken:
        broken.setattr(desks, "compile_plan", lambda _: dict[str, str]()["no such name"])
        build = desk.build()
    assert (build.good, build.result) == (good, None)
    assert build.fault is not None
    assert (build.fault.key, build.fault.arguments) == ("preview-failed", {"reason": "KeyError: 'no such name'"})
    assert "no such name" in capsys.readouterr().err
    assert desk.build().fault is None


def test_a_picture_is_the_page_at_its_scale(running: Preview) -> None:
    page = running.get("/api/state")["pages"][0]
    code, headers, body = running.ask(f"/api/pages/1.png?digest={page['digest']}&scale=1.5")
    assert (code, headers["content-type"], body[:8]) == (200, "image/png", b"\x89PNG\r\n\x1a\n")
    assert abs(int.from_bytes(body[16:20], "big") - page["width"] * 1.5) <= 1
    assert running.ask("/api/pages/1.png?scale=nan")[0] == 200
    assert int.from_bytes(running.ask("/api/pages/1.png?scale=1e9")[2][16:20], "big") <= page["width"] * 4 + 1


def test_the_language_is_asked_for(running: Preview) -> None:
    assert running.get("/api/words")["lang"] == "zh"
    assert running.get("/api/words?lang=en")["lang"] == "en"
    assert running.get("/api/words?lang=../en")["lang"] == "zh"


def test_events_tell_of_a_save_and_end_with_the_server(tmp_path: Path) -> None:
    preview = begin(shutil.copytree(PLANS, tmp_path / "plan") / "2022")
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=60)
    connection.request("GET", "/events", headers={"cookie": preview.cookie})
    answer = connection.getresponse()
    path = preview.plan / "tasks.yaml"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    said = b""
    while b"event: busy" not in said or said.rindex(b"event: state") < said.index(b"event: busy"):
        said += answer.readline()
    ended = end(preview)
    answer.close()
    connection.close()
    assert "Traceback" not in ended
    assert preview.process.returncode == 0


def test_a_port_in_use_is_told(running: Preview, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", "preview", str(running.plan), "--port", str(running.port)])
    assert ended.value.code == 2
    assert f"port {running.port} cannot be used" in capfd.readouterr().err


def test_without_the_extra_the_command_says_what_to_install(
    running: Preview, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workplan.cli.preview.find_spec", lambda _: None)
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "en", "preview", str(running.plan)])
    assert ended.value.code == 2
    assert "pip install 'workplan[preview]'" in capfd.readouterr().err


def test_it_listens_on_the_loopback_alone(running: Preview) -> None:
    for address in {found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}:
        if not str(address).startswith("127."):
            with socket.socket() as elsewhere:
                elsewhere.settimeout(5)
                assert elsewhere.connect_ex((str(address), running.port)) != 0
