#!/bin/sh
set -e

# Also run on an upgrade, where the new version stays.
[ "$1" = remove ] || [ "$1" = purge ] || exit 0

rm -f '/usr/bin/${executable}'
if [ -f '/etc/apparmor.d/${executable}' ]; then
    if command -v apparmor_parser >/dev/null 2>&1; then
        apparmor_parser --remove '/etc/apparmor.d/${executable}' >/dev/null 2>&1 || true
    fi
    rm -f '/etc/apparmor.d/${executable}'
fi
# The desks' data lies in the homes of the officers' accounts. It is never touched here.
