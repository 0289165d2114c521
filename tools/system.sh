#!/usr/bin/env bash
# Make sure the system packages that tests need are here: Chromium, and fonts for Arabic and Chinese.
set -euo pipefail
have() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
fonts() { command -v fc-list >/dev/null && fc-list :lang=zh | grep -q . && fc-list :lang=ar | grep -q .; }
have && fonts && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium and fonts …"
  apt-get update -qq >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji >/dev/null
  exit 0
fi
echo "Please install Chromium and the Noto fonts for Arabic and Chinese (Debian: chromium fonts-noto-core fonts-noto-cjk), then try again." >&2
exit 1
