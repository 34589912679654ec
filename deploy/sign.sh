#!/usr/bin/env bash
# Signs the images that were pushed to a registry, by their digests, with cosign.
set -euo pipefail
unset CDPATH
set +Cf
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

usage() {
	cat <<'END'
usage: deploy/sign.sh REGISTRY [DIR]

Signs the images in REGISTRY whose digests are in DIR/images.json (default: target/images), and attaches their SBOMs
(DIR/NAME.cdx.json) as signed attestations. A tag can be moved, so none is signed.

Environment:

  COSIGN_PRIVATE_KEY, COSIGN_PASSWORD   the key; without it cosign signs with the identity of the pipeline (keyless)
  PLATFORM_REGISTRY_USERNAME, PLATFORM_REGISTRY_PASSWORD   the account at the registry (default: Docker's login)
END
}

fail() {
	echo "sign.sh: $1" >&2
	exit 1
}

case "${1:-}" in
	--help) usage && exit ;;
	-*) fail "unknown option $1: see deploy/sign.sh --help" ;;
esac
[ $# = 1 ] || [ $# = 2 ] || fail "a registry is required: see deploy/sign.sh --help"
registry="${1%/}"
directory="${2:-target/images}"
list="$directory/images.json"
[ -f "$list" ] || fail "no file $list: run ./platform images --push $registry first"
for program in cosign jq; do
	command -v "$program" > /dev/null || fail "$program is not on the PATH"
done
images="$(jq -er 'if type == "array" then . else .images end | .[] | "\(.name)@\(.digest)"' "$list")" ||
	fail "$list lists no image"

if [ -n "${PLATFORM_REGISTRY_USERNAME:-}" ]; then
	printf '%s' "${PLATFORM_REGISTRY_PASSWORD:-}" |
		cosign login "${registry%%/*}" --username "$PLATFORM_REGISTRY_USERNAME" --password-stdin
fi
options=(--yes)
[ -z "${COSIGN_PRIVATE_KEY:-}" ] || options+=(--key 'env://COSIGN_PRIVATE_KEY')
for image in $images; do
	case "$image" in
		*@sha256:*) ;;
		*) fail "$list has no digest of ${image%@*}" ;;
	esac
	cosign sign "${options[@]}" "$registry/$image"
	sbom="$directory/${image%@*}.cdx.json"
	[ ! -f "$sbom" ] || cosign attest "${options[@]}" --type cyclonedx --predicate "$sbom" "$registry/$image"
done
