#!/usr/bin/env bash
# Installs what the tests need and what is missing: Debian's Jupyter client,
# nbclient, classic Notebook, kernel conformance tests, a browser and gcc.
# Does nothing, quickly, when all is there.
set -euo pipefail

packages=(
  python3-jupyter-client python3-nbclient python3-notebook python3-jupyter-kernel-test
  python3-ipykernel chromium fonts-dejavu-core gcc libc6-dev
)

missing=()
for p in "${packages[@]}"; do
  status=$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$p")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null; then
  echo "tests/setup.sh: the tests need these Debian packages, or what they hold: ${missing[*]}" >&2
  exit 1
fi
sudo=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "tests/setup.sh: run as root, or install: ${missing[*]}" >&2; exit 1; }
  sudo=(sudo)
fi

echo "tests/setup.sh: installing ${missing[*]}"
apt() {
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq "$@" >/tmp/goblaze-setup.$$.log 2>&1 ||
    { cat /tmp/goblaze-setup.$$.log >&2; return 1; }
}
trap 'rm -f /tmp/goblaze-setup.$$.log' EXIT
apt update
apt install -y --no-install-recommends "${missing[@]}"
