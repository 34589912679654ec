#!/usr/bin/env bash
# Pins the images of others by their digests. Runs on bash 3.2, which macOS has.
set -euo pipefail
unset CDPATH
set +Cf
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

usage() {
	cat <<'END'
usage: deploy/pin-digests.sh [FILE...]

Replaces each tag of an image of others by tag@sha256:digest in FILE (default: compose.yaml and
observability/compose.yaml). Digests come from the registries, through docker or skopeo. An image with a digest stays as
it is, and so do the images of this project, whose registry and version are variables. Without a digest for every image,
no file is changed.
END
}

fail() {
	echo "pin-digests.sh: $1" >&2
	exit 1
}

# The digest of the list of all architectures.
digest() {
	local found
	if command -v skopeo > /dev/null; then
		skopeo inspect --raw "docker://$1" > "$work/manifest" || fail "no manifest of $1"
		found="sha256:$(sha256sum < "$work/manifest" | cut -d ' ' -f 1)"
	elif docker buildx version > /dev/null 2>&1; then
		found="$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$1")"
	else
		fail "neither skopeo nor docker with buildx is installed"
	fi
	case "$found" in
		sha256:????????????????????????????????????????????????????????????????) echo "$found" ;;
		*) fail "no digest of $1" ;;
	esac
}

case "${1:-}" in
	-h | --help)
		usage
		exit 0
		;;
	-*) fail "unknown option $1: see deploy/pin-digests.sh --help" ;;
esac
[ $# -gt 0 ] || set -- compose.yaml observability/compose.yaml

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2016 # a variable of Compose
images="$(sed -n 's/^ *image: *\([^ @]*:[^ @]*\)$/\1/p' "$@" | { grep -v '\${' || true; } | sort -u)"
: > "$work/pins"
for image in $images; do
	pin="$(digest "$image")"
	printf '%s\n' "s|^\\( *image: *\\)$image\$|\\1$image@$pin|" >> "$work/pins"
	echo "$image@$pin"
done
for file in "$@"; do
	sed -f "$work/pins" "$file" > "$work/file"
	cat "$work/file" > "$file"
done
