#!/bin/sh
# What an ordinary user does with the wheel where nothing else is: run by tools/bare-debian.sh wheel inside its root.
#
#   sh bare-wheel.sh before    no libraries, no faces, no network: what can be written is, the rest is named
#   sh bare-wheel.sh packages  the command for root that doctor names
#   sh bare-wheel.sh after     root has run it: everything is written, in the right faces
#
# Every expectation is checked; the first that does not hold ends it with 1.
set -eu

export WORKPLAN_LANG=en
cd
PATH=$HOME/v/bin:$PATH
out=said.txt

fail() {
  printf 'bare-wheel: %s\n' "$*" >&2
  cat "$out" >&2
  exit 1
}

# ends CODE COMMAND…: run it, and see how it ends; nothing ever dies or advertises.
ends() {
  code=$1 got=0
  shift
  printf '  %s\n' "$*"
  "$@" >"$out" 2>&1 || got=$?
  [ "$got" -eq "$code" ] || fail "$* ended with $got, not $code"
  says_not Traceback
  says_not 'WeasyPrint could not'
  says_not 'make setup'
}

says() { grep -q -e "$1" "$out" || fail "does not say: $1"; }
says_not() { ! grep -q -e "$1" "$out" || fail "says: $1"; }
there() { for file in "$@"; do [ -s "build/2031/$file" ] || fail "not there: $file"; done; }
gone() { for file in "$@"; do [ ! -e "build/2031/$file" ] || fail "there: $file"; done; }

before() {
  python3 -m venv v
  v/bin/pip -q --disable-pip-version-check install --no-index --find-links /wheelhouse workplan
  ends 2 workplan doctor
  for library in GObject Pango PangoFT2 HarfBuzz Fontconfig; do says "^  $library  missing"; done
  for system in Debian Fedora Kylin UOS macOS Windows; do says "$system"; done
  ends 0 workplan new 2031
  ends 0 workplan check
  ends 2 workplan build
  says 'no PDF: GObject Pango PangoFT2 HarfBuzz Fontconfig'
  says_not 'document.yaml:'
  there official.docx official.html official.txt assignments.xlsx assignments.json manifest.json
  gone official.pdf
  grep -A1 '"missing"' build/2031/manifest.json | grep -q official.pdf || fail 'the manifest does not say what is missing'
  ends 0 workplan build --format docx
  ends 2 workplan build --format pdf -o other
  [ ! -e other ] || fail 'a folder for nothing'
  ends 2 workplan diff 2031 2031 --format pdf -o changes.pdf
}

after() {
  ends 2 workplan doctor
  ends 2 workplan build
  says 'no installed font can serve as 仿宋'
  gone official.pdf
  ends 0 workplan fonts install --fetch --yes
  ends 0 workplan doctor
  says 'Everything is in place'
  ends 0 workplan build
  there official.pdf official.docx official.html official.txt assignments.xlsx assignments.json
  grep -q '"missing": \[\]' build/2031/manifest.json || fail 'the manifest still misses something'
  ends 0 workplan measure build/2031/official.pdf
  says 'no problems found'
  cat "$out"
  # As the file says: regular 黑体 and 宋体, and the bold one for the masthead and the title alone.
  v/bin/python - <<'PY'
import pypdfium2.raw as pdfium
from ctypes import create_string_buffer
document = pdfium.FPDF_LoadDocument(b"build/2031/official.pdf", None)
faces = set()
for number in range(pdfium.FPDF_GetPageCount(document)):
    page = pdfium.FPDF_LoadPage(document, number)
    for place in range(pdfium.FPDFPage_CountObjects(page)):
        found = pdfium.FPDFPage_GetObject(page, place)
        if pdfium.FPDFPageObj_GetType(found) == pdfium.FPDF_PAGEOBJ_TEXT:
            name = create_string_buffer(200)
            pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(found), name, 200)
            faces.add(name.value.decode().partition("+")[2] or name.value.decode())
print("faces:", *sorted(faces))
assert {"FandolFang-Regular", "FandolHei-Regular", "FandolSong-Regular", "FandolSong-Bold"} <= faces, faces
assert "FandolHei-Bold" not in faces, faces
PY
}

packages() {
  ends 2 workplan doctor
  sed -n 's/^  Debian, Ubuntu  sudo //p' "$out"
}

case ${1:-} in
before | after | packages) "$1" ;;
*) fail 'usage: sh bare-wheel.sh before|packages|after' ;;
esac
