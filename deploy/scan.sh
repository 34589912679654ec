#!/usr/bin/env bash
# Scans the archives of the images with Trivy.
set -euo pipefail
unset CDPATH
set +Cf
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# Runs if trivy is not installed. Renovate raises it.
trivy_image=ghcr.io/aquasecurity/trivy:0.74.0

usage() {
	cat <<'END'
usage: deploy/scan.sh [DIR]

Scans the archives in DIR (default: target/images), which ./platform images --to DIR writes, for vulnerabilities and
secrets. The exit code is 1 if an image has a vulnerability of severity HIGH or CRITICAL for which there is a fix, or
contains a secret. The file .trivyignore lists the exceptions.

Trivy is taken from the PATH, or runs in a container, which gets the archives read-only and nothing else. It downloads
its database of vulnerabilities.
END
}

fail() {
	echo "scan.sh: $1" >&2
	exit 2
}

scan() {
	local options=(--quiet --scanners 'vuln,secret' --severity 'HIGH,CRITICAL' --ignore-unfixed --exit-code 3)
	if command -v trivy > /dev/null; then
		[ ! -f .trivyignore ] || options+=(--ignorefile .trivyignore)
		trivy image "${options[@]}" --input "$1"
	else
		[ ! -f "$work/.trivyignore" ] || options+=(--ignorefile /scan/.trivyignore)
		docker run --rm --volume "$work:/scan:ro" --volume microplatform-trivy:/root/.cache "$trivy_image" \
			image "${options[@]}" --input "/scan/${1##*/}"
	fi
}

case "${1:-}" in
	--help) usage && exit ;;
	-*) fail "unknown option $1: see deploy/scan.sh --help" ;;
esac
[ $# -le 1 ] || fail "one directory is expected: see deploy/scan.sh --help"
directory="${1:-target/images}"
[ -n "$(find "$directory" -maxdepth 1 -name '*.tar' 2> /dev/null)" ] ||
	fail "no archives in $directory: run ./platform images --to $directory first"
command -v trivy > /dev/null || command -v docker > /dev/null || fail "neither trivy nor docker is on the PATH"

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
[ ! -f .trivyignore ] || cp .trivyignore "$work/"
found=""
for archive in "$directory"/*.tar; do
	name="${archive##*/}"
	name="${name%.tar}"
	echo "scan.sh: $name"
	# Trivy reads the layout of an OCI archive from a directory only.
	mkdir "$work/$name"
	tar -xf "$archive" -C "$work/$name"
	status=0
	scan "$work/$name" || status=$?
	case "$status" in
		0) ;;
		3) found="$found $name" ;;
		*) fail "Trivy failed on $archive" ;;
	esac
	rm -rf "${work:?}/$name"
done
[ -z "$found" ] || {
	echo "scan.sh: vulnerabilities that have a fix, or secrets, in:$found" >&2
	exit 1
}
echo "scan.sh: nothing found"
