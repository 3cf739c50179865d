#!/bin/sh
# Set-up of workplan: what `make demo` and `make test` need on a machine that has only make, git and python3.
#
#   sh tools/setup.sh demo    system libraries, fonts, .venv
#   sh tools/setup.sh test    the same, and what only the tests need (pdftotext, LibreOffice and its Python, Chromium, a language server)
#   sh tools/setup.sh lowest  as for test, with the oldest Python packages that pyproject.toml allows, in .venv-lowest
#
# Every step looks first and does nothing where nothing is missing, so a second run takes a fraction of a second.
# It must run before anything is installed: POSIX sh and the base system alone.
# Progress goes to the terminal in English; whatever asks a person to act is said in Chinese and English.
set -eu

repo=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
venv=$repo/.venv
lock=requirements.lock
if [ "${1:-}" = lowest ]; then
  venv=$repo/.venv-lowest
  lock=requirements-lowest.lock
fi
editor=$repo/.cache/editor
: "${HOME:?must be set: the fonts go into a folder of the user}"
fonts=${XDG_DATA_HOME:-$HOME/.local/share}/fonts/workplan
fontconfig=${XDG_CONFIG_HOME:-$HOME/.config}/fontconfig/conf.d/60-workplan.conf

# harfbuzz-subset: without it writing a PDF takes ten times as long. Noto CJK: for the characters that Fandol lacks.
demo_packages='libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fontconfig fonts-noto-cjk'
# The tests read PDFs back, let LibreOffice print the DOCX and XLSX files, and edit in it (through the system's own Python); they
# look at the preview in Chromium.
test_packages='poppler-utils libreoffice-writer libreoffice-calc python3-uno chromium'
faces='FandolFang-Regular FandolHei-Bold FandolHei-Regular FandolKai-Regular FandolSong-Bold FandolSong-Regular'

say() { printf 'setup: %s\n' "$*"; }
has() { command -v "$1" >/dev/null 2>&1; }

# stop CHINESE ENGLISH [COMMAND]: what a person has to do, and the end.
stop() {
  {
    printf '\n安装未完成：%s\nSet-up cannot go on: %s\n' "$1" "$2"
    if [ -n "${3:-}" ]; then printf '\n    %s\n' "$3"; fi
    printf '\n完成后请再次运行同一命令。Then run the same command again.\n'
  } >&2
  exit 1
}

# ---------------------------------------------------------------------------------------------------- apt

# as_root COMMAND…: directly, or through a sudo that asks nothing (a password prompt would hang a CI run).
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_be_root() {
  [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2>/dev/null; }
}

apt_refreshed=
apt_refresh() {
  [ -z "$apt_refreshed" ] || return 0
  may_be_root || return 1
  say 'reading the package lists'
  as_root apt-get -qq update || return 1
  apt_refreshed=yes
}

# missing PACKAGE…: those that are not installed.
missing() {
  present=$(dpkg-query -W -f '${Package}=${db:Status-Status}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    case "
$present
" in
      *"
$package=installed
"*) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

apt_install() {
  by_hand="apt-get update && apt-get install --no-install-recommends $*"
  may_be_root || stop '缺少系统软件包，需要管理员权限，请以 root 身份运行：' \
    'system packages are missing and installing them takes root:' "$by_hand"
  apt_refresh || stop '无法读取软件源。请检查网络和 /etc/apt 后运行：' \
    'the package lists cannot be read. Check the network and /etc/apt, then run:' "$by_hand"
  say "installing $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" \
    </dev/null >"$work/apt.log" 2>&1 || {
    tail -n 20 "$work/apt.log" >&2
    stop '系统软件包安装失败（见上）。可手动运行：' 'apt-get failed (see above). By hand:' "$by_hand"
  }
}

# On a system without dpkg nothing is installed; say what is missing, by what it is for.
probe_other_system() {
  lacking=
  for library in pango-1.0:0 pangoft2-1.0:0 harfbuzz:0 harfbuzz-subset:0; do
    name=${library%:*} major=${library#*:}
    "$python" - "lib$name.so.$major" "lib$name.$major.dylib" <<'PY' || lacking="$lacking lib$name"
import ctypes, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        continue
    sys.exit(0)
sys.exit(1)
PY
  done
  has fc-cache || lacking="$lacking fontconfig"
  if has fc-list && [ -z "$(fc-list 'Noto Serif CJK SC')" ]; then lacking="$lacking Noto-CJK-fonts"; fi
  if [ "$1" != demo ]; then
    has pdftotext || lacking="$lacking poppler-utils"
    has soffice || lacking="$lacking LibreOffice"
    has chromium || has chromium-browser || has google-chrome || lacking="$lacking Chromium"
  fi
  [ -z "$lacking" ] || stop '本系统没有 apt，请用系统自带的软件管理器安装：' \
    'this system has no apt; install with its own package manager:' "$lacking"
}

system_packages() {
  if ! has dpkg-query || ! has apt-get; then
    probe_other_system "$1"
    return
  fi
  wanted=$demo_packages
  if [ "$1" != demo ]; then wanted="$wanted $test_packages"; fi
  # Debian splits venv off python3; a Python from elsewhere brings its own.
  [ "$python" = "$venv/bin/python" ] || "$python" -c 'import ensurepip, venv' 2>/dev/null || wanted="$wanted python3-venv"
  # shellcheck disable=SC2086  # a list of words
  lacking=$(missing $wanted)
  # shellcheck disable=SC2086
  [ -z "$lacking" ] || apt_install $lacking
}

# ---------------------------------------------------------------------------------------------------- fonts

fandol_complete() {
  for face in $faces; do
    [ -s "$1/$face.otf" ] || return 1
  done
}

# Where TeX Live is installed the faces are there already.
fandol_of_tex() {
  for tree in /usr/share/texlive/texmf-dist /usr/share/texmf-dist /usr/share/texmf /usr/local/texlive/*/texmf-dist \
    /usr/local/texlive/texmf-local; do
    folder=$tree/fonts/opentype/public/fandol
    if fandol_complete "$folder"; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

# Debian has Fandol only inside a 49 MB TeX package; taken out of the archive, nothing of TeX gets installed.
# Downloading needs no root, but package lists.
fandol_of_debian() {
  has apt-get && has dpkg-deb || return 1
  download_fandol || { apt_refresh >&2 && download_fandol; } || {
    cat "$work/download.log" >&2
    return 1
  }
  mkdir "$work/fandol"
  dpkg-deb --fsys-tarfile "$work"/texlive-lang-chinese_*.deb |
    tar -x -C "$work/fandol" --wildcards --transform='s,.*/,,' '*/fonts/opentype/public/fandol/*.otf' || return 1
  printf '%s\n' "$work/fandol"
}

download_fandol() {
  # The sandbox user may not write into our private folder; apt would warn of it, and this is no secret.
  (cd "$work" && apt-get -qq -o APT::Sandbox::User=root download texlive-lang-chinese) >"$work/download.log" 2>&1
}

fandol() {
  if fandol_complete "$fonts"; then return; fi
  say "putting the Fandol fonts into $fonts"
  from=$(fandol_of_tex || fandol_of_debian) || from=
  fandol_complete "$from" || stop \
    "缺少 Fandol 字体（仿宋、楷体、黑体、宋体）。如系统有 apt，请先以 root 运行 apt-get update；否则取得下列六个文件（在 TeX Live 的 fandol 宏包中），放入 $fonts：" \
    "the Fandol fonts are missing. Where there is apt, run apt-get update as root; else get these six files (from TeX Live's package fandol) and put them into $fonts:" \
    "$(for face in $faces; do printf '%s.otf ' "$face"; done)"
  mkdir -p "$fonts"
  for face in $faces; do
    # Whole or not at all: a half-copied font would be taken for a good one the next time.
    cp "$from/$face.otf" "$fonts/.$face.part"
    chmod 644 "$fonts/.$face.part"
    mv -f "$fonts/.$face.part" "$fonts/$face.otf"
  done
  fonts_changed=yes
}

stand_ins() {
  if cmp -s "$repo/tools/60-workplan.conf" "$fontconfig"; then return; fi
  say "writing $fontconfig"
  mkdir -p "$(dirname -- "$fontconfig")"
  cp "$repo/tools/60-workplan.conf" "$fontconfig"
  fonts_changed=yes
}

font_files() {
  fonts_changed=
  stand_ins
  fandol
  # -f: fontconfig keeps what its scan rules made of a font, and 60-workplan.conf has such rules.
  [ -z "$fonts_changed" ] || fc-cache -f "$fonts"
}

# ---------------------------------------------------------------------------------------------------- Python

# The .venv that is there, if it works; PYTHON=… overrules it. (Quickest, and no surprise when PATH changes.)
find_python() {
  for python in ${PYTHON:-"$venv/bin/python" python3 python3.14 python3.13 python3.12 python3.11}; do
    has "$python" || continue
    version=$("$python" -c 'import sys; print(sys.version); sys.exit(sys.version_info < (3, 11))' 2>/dev/null) && return
  done
  stop '需要 Python 3.11 或更新版本（可用 PYTHON=… 指定）。' 'Python 3.11 or newer is needed (PYTHON=… names one).'
}

# What the environment is made from: where one of these changed, it is brought up to date. The package's own file is among
# them because it says the version, which an editable install writes down.
venv_key() {
  {
    printf '%s\n' "$version" "$repo"
    cat "$repo/$lock" "$repo/pyproject.toml" "$repo/src/workplan/__init__.py" "$repo/tools/setup.sh"
  } | cksum
}

pip() {
  "$venv/bin/python" -m pip -qq --disable-pip-version-check --no-input "$@" || stop \
    'Python 依赖安装失败（见上）。请检查网络（需能访问 Python 软件包索引）。' \
    'pip failed (see above). Check the network: the Python package index has to be reachable.'
}

python_packages() {
  key=$(venv_key)
  stamp=$venv/.workplan-setup
  if [ -x "$venv/bin/python" ] && [ -x "$venv/bin/workplan" ] && [ "$key" = "$(cat "$stamp" 2>/dev/null)" ]; then return; fi
  rm -f "$stamp"
  if [ "$python" != "$venv/bin/python" ]; then
    say "making $venv with Python ${version%% *}"
    "$python" -m venv --clear "$venv" || stop '无法建立虚拟环境。' "a virtual environment cannot be made in $venv"
  fi
  say "installing the Python packages of $lock"
  # The lock is complete: pip's resolver would only lose its way in it (fonttools[woff] beside fonttools==…).
  pip install --no-deps --require-hashes -r "$repo/$lock"
  # The package itself, editable: no isolation and no dependencies, so nothing comes from outside the lock.
  pip install --no-deps --no-build-isolation --no-index -e "$repo"
  printf '%s\n' "$key" >"$stamp"
}

# As pip does with what it installs: without it each call would read the sources, where Python may not write beside them.
compiled() {
  "$venv/bin/python" -m compileall -q "$repo/src" || say 'the sources cannot be compiled: every call will take longer'
}

# ---------------------------------------------------------------------------------------------------- editor

# The language server that the tests ask as an editor would. Where npm is absent those tests are skipped.
editor_server() {
  has npm && has node || { say 'no npm: the tests of editors will be skipped'; return 0; }
  key=$(cat "$repo/tools/editor/package-lock.json" | cksum)
  [ "$key" != "$(cat "$editor/.workplan-setup" 2>/dev/null)" ] || return 0
  say 'installing the YAML language server for the tests'
  mkdir -p "$editor"
  cp "$repo/tools/editor/package.json" "$repo/tools/editor/package-lock.json" "$editor"
  (cd "$editor" && npm ci --ignore-scripts --no-audit --no-fund) >"$work/npm.log" 2>&1 </dev/null || {
    tail -n 20 "$work/npm.log" >&2
    stop 'YAML 语言服务器安装失败（见上）。请检查网络（需能访问 npm 软件包索引）。' \
      'npm failed (see above). Check the network: the npm package index has to be reachable.'
  }
  printf '%s\n' "$key" >"$editor/.workplan-setup"
}

# ---------------------------------------------------------------------------------------------------- main

case ${1:-} in
  demo | test | lowest) ;;
  *)
    printf 'usage: sh tools/setup.sh demo|test|lowest\n' >&2
    exit 2
    ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

find_python
system_packages "$1"
font_files
python_packages
compiled
if [ "$1" = test ]; then editor_server; fi
