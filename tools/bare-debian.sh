#!/bin/sh
# Does it work where nothing is there? For developers, as root, on Debian with debootstrap:
#
#   sh tools/bare-debian.sh demo test          each make target in a fresh root of its own, timed
#   sh tools/bare-debian.sh wheel              the wheel alone, for an ordinary user (tools/bare-wheel.sh)
#   KEEP=yes sh tools/bare-debian.sh demo      leave the root in place and say where it is
#   COMMAND='make setup && …' sh tools/bare-debian.sh -      another command instead of a make target
#
# The root is Debian 12 with make, git, python3, python3-venv and ca-certificates; into it goes a clone of this repository as
# committed. It is made once and kept as an archive (BASE, default ~/.cache/workplan/bare-debian-SUITE.tar; delete to renew).
# For the wheel it has python3 and python3-venv alone (PYTHON_BASE), and a folder of wheels at the versions of requirements.lock.
# The host's apt and pip settings and its CA certificates are copied, so that it works behind a mirror or a proxy as the host does.
set -eu

suite=${SUITE:-bookworm}
repo=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
base=${BASE:-${XDG_CACHE_HOME:-$HOME/.cache}/workplan/bare-debian-$suite.tar}

fail() {
  printf 'bare-debian: %s\n' "$*" >&2
  exit 1
}

[ $# -gt 0 ] || fail 'usage: sh tools/bare-debian.sh TARGET…'
[ "$(id -u)" -eq 0 ] || fail 'must run as root (chroot, mount)'
for tool in debootstrap unshare chroot git tar; do
  command -v "$tool" >/dev/null 2>&1 || fail "$tool is missing (apt-get install debootstrap util-linux git)"
done

root=
made=
base_packages=make,git,python3,python3-venv,ca-certificates
cleanup() {
  # Nothing is mounted here: mounts live in the name space of within() and end with it, even after a kill -9.
  [ -z "$made" ] || rm -rf --one-file-system -- "$made"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The mirror that the host itself uses for this suite; none found: debootstrap's own default.
mirror() {
  sed -n "s/^deb  *\(\[[^]]*\] *\)\{0,1\}\(http[^ ]*\)  *$suite  *.*/\2/p" /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null
  for file in /etc/apt/sources.list.d/*.sources; do
    [ ! -f "$file" ] || ! grep -q "^Suites:.*\<$suite\>" "$file" || sed -n 's/^URIs: *\(http[^ ]*\).*/\1/p' "$file"
  done
}

# copy FILE…: the host's file to the same place in the root, where there is one.
copy() {
  for file in "$@"; do
    [ -e "$file" ] || continue
    mkdir -p "$root$(dirname -- "$file")"
    cp -RL "$file" "$root$(dirname -- "$file")/"
  done
}

copy_settings() {
  rm -f "$root/etc/apt/sources.list" # debootstrap's; the host's follows, if it has one
  copy /etc/resolv.conf /etc/hosts /etc/apt/sources.list /etc/apt/auth.conf /etc/apt/auth.conf.d
  copy /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list /etc/apt/trusted.gpg.d /etc/apt/keyrings
  # Proxies and the like; what other packages on the host put there may call programs that the root does not have.
  for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
    if [ -f "$file" ] && grep -q '^ *Acquire' "$file"; then copy "$file"; fi
  done
  copy /usr/local/share/ca-certificates /etc/ssl/certs/ca-certificates.crt /etc/pip.conf
  for file in "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf"; do
    [ -f "$file" ] || continue
    mkdir -p "$root/root/.config/pip"
    # Indexes in the host's own folders are not in the root; pip would warn of them at every package.
    sed '/file:/d; /^find-links *= *\//d' "$file" >"$root/root/.config/pip/pip.conf"
  done
}

make_base() {
  [ ! -s "$base" ] || return 0
  printf '=== making %s\n' "$base"
  made=$(mktemp -d) root=$made
  found=$(mirror | head -n 1)
  # shellcheck disable=SC2086  # the mirror is one word or none
  debootstrap --variant=minbase --include="$base_packages" "$suite" "$root" $found >"$root.log" 2>&1 || {
    tail -n 20 "$root.log" >&2
    fail "debootstrap failed (log: $root.log)"
  }
  rm -f "$root.log"
  mkdir -p "$(dirname -- "$base")"
  tar -C "$root" --numeric-owner -cf "$base.part" .
  mv "$base.part" "$base"
  cleanup
}

# within COMMAND: in the root, in mount and process name spaces of its own, so that nothing is left mounted or running.
# The environment is as bare as the machine: no locale, no input; only a proxy is handed on.
within() {
  # shellcheck disable=SC2016  # expanded by the inner shell
  unshare --mount --propagation private --pid --fork --kill-child sh -c '
    mount -t proc proc "$1/proc"
    mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm" 2>/dev/null || true
    exec chroot "$1" /usr/bin/env -i HOME=/root CI=true PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} ${no_proxy:+"no_proxy=$no_proxy"} \
      sh -c "cd /root/workplan && $2"' within "$root" "$1" </dev/null
}

run_one() {
  made=$(mktemp -d) root=$made
  tar -C "$root" --numeric-owner -xf "$base"
  chmod 755 "$root" # the user _apt has to get in
  copy_settings
  git clone -q --no-hardlinks "$repo" "$root/root/workplan"
  command="make $1"
  [ "$1" != - ] || command=${COMMAND:?COMMAND must say what to run}
  printf '\n=== %s (bare Debian %s, commit %s)\n' "$command" "$suite" "$(git -C "$root/root/workplan" rev-parse --short HEAD)"
  began=$(date +%s)
  status=0
  within "$command" || status=$?
  printf '=== %s: exit %s after %s s\n' "$command" "$status" "$(($(date +%s) - began))"
  if [ -n "${KEEP:-}" ]; then
    printf '=== root kept: %s\n' "$root"
    made=
  fi
  cleanup
  made=
  return "$status"
}

# as USER COMMAND [unshare's OPTION…]: in the root, as that user.
as() {
  user=$1 order=$2
  shift 2
  # shellcheck disable=SC2016  # expanded by the inner shell
  unshare --mount --propagation private --pid --fork --kill-child "$@" sh -c '
    mount -t proc proc "$1/proc"
    mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm" 2>/dev/null || true
    exec chroot "$1" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} ${no_proxy:+"no_proxy=$no_proxy"} \
      su "$2" -s /bin/sh -c "$3"' as "$root" "$user" "$order" </dev/null
}

# The wheel and all that it needs, in a folder of the root: from there on no package index is asked.
wheelhouse() {
  mkdir "$root/wheelhouse" "$root/source"
  git clone -q --no-hardlinks "$repo" "$root/source"
  get='pip -qq --disable-pip-version-check download --no-deps --require-hashes --only-binary=:all: -d /wheelhouse'
  # By the Python of the root: what the lock lists hangs on it.
  "$repo/.venv/bin/python" -m build --no-isolation --wheel --outdir "$root/wheelhouse" "$root/source" >"$root.log" 2>&1 &&
    as root "python3 -m venv /source/venv && /source/venv/bin/$get -r /source/requirements.lock" >>"$root.log" 2>&1 || {
    tail -n 20 "$root.log" >&2
    fail "the wheels cannot be had (log: $root.log)"
  }
  rm -rf "$root.log" "$root/source"
}

run_wheel() {
  trap cleanup EXIT
  base=${PYTHON_BASE:-${XDG_CACHE_HOME:-$HOME/.cache}/workplan/bare-python-$suite.tar}
  base_packages=python3,python3-venv,ca-certificates
  make_base
  made=$(mktemp -d) root=$made
  tar -C "$root" --numeric-owner -xf "$base"
  chmod 755 "$root"
  copy_settings
  wheelhouse
  cp "$repo/tools/bare-wheel.sh" "$root/usr/local/bin/"
  chroot "$root" useradd --create-home clerk
  steps='sh /usr/local/bin/bare-wheel.sh'
  printf '\n=== the wheel for an ordinary user (bare Debian %s)\n' "$suite"
  status=0
  { as clerk "$steps before" --net && order=$(as clerk "$steps packages" --net | grep '^apt-get') &&
    printf '=== root: %s\n' "$order" &&
    as root "apt-get -qq update && DEBIAN_FRONTEND=noninteractive $order -qq -y --no-install-recommends >/dev/null" &&
    as clerk "$steps after"; } || status=$?
  printf '=== wheel: exit %s\n' "$status"
  if [ -n "${KEEP:-}" ]; then
    printf '=== root kept: %s\n' "$root"
    made=
  fi
  cleanup
  made=
  return "$status"
}

worst=0
for target in "$@"; do
  if [ "$target" = wheel ]; then
    (run_wheel) || worst=1
    continue
  fi
  make_base
  made=
  run_one "$target" || worst=1
done
exit "$worst"
