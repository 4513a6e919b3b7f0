#!/bin/sh
set -e

ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'

# Where the kernel keeps user namespaces from ordinary users, Chromium's sandbox needs this helper; elsewhere it is not used.
# Asked for always: the check made as root at install time says nothing about an ordinary user, and there is no start without a sandbox.
chown root:root '/opt/${sanitizedProductName}/chrome-sandbox'
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'

if command -v update-desktop-database >/dev/null 2>&1; then
    update-desktop-database /usr/share/applications || true
fi

# Ubuntu 24.04 and later allow user namespaces by AppArmor profile.
PROFILE='/opt/${sanitizedProductName}/resources/apparmor-profile'
if command -v apparmor_status >/dev/null 2>&1 && apparmor_status --enabled >/dev/null 2>&1 &&
    apparmor_parser --skip-kernel-load "$PROFILE" >/dev/null 2>&1; then
    cp -f "$PROFILE" '/etc/apparmor.d/${executable}'
    if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
        apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
    fi
fi
