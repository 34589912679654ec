#!/usr/bin/env bash
# Prints the changes of a version, or adds them to CHANGELOG.md.
set -euo pipefail
unset CDPATH
set +Cf
cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

usage() {
	cat <<'END'
usage: deploy/changelog.sh [--update] VERSION

Prints the section of VERSION in CHANGELOG.md. If there is none, prints the subjects of the commits since the previous
tag v*.

  --update   add a section with these commits to CHANGELOG.md, to be edited before the commit that is tagged vVERSION
END
}

fail() {
	echo "changelog.sh: $1" >&2
	exit 1
}

section() {
	awk -v heading="## $version" '
		/^## / { inside = ($0 == heading || index($0, heading " ") == 1); next }
		inside' CHANGELOG.md | sed -e '/./,$!d'
}

commits() {
	local previous
	previous="$(git describe --tags --abbrev=0 --match 'v*' --exclude "v$version" 2> /dev/null)" || previous=""
	git log --no-merges --reverse --format='- %s' "${previous:+$previous..}HEAD"
}

# Above the newest section.
add_section() {
	SECTION="$1" awk '
		/^## / && !added { print ENVIRON["SECTION"] "\n"; added = 1 }
		{ print }
		END { if (!added) print "\n" ENVIRON["SECTION"] }' CHANGELOG.md > CHANGELOG.md.new
	mv CHANGELOG.md.new CHANGELOG.md
}

update=no
case "${1:-}" in
	--help) usage && exit ;;
	--update)
		update=yes
		shift
		;;
esac
[ $# = 1 ] || fail "a version is required: see deploy/changelog.sh --help"
version="${1#v}"
case "$version" in
	[0-9]*.[0-9]*.[0-9]*) ;;
	*) fail "invalid version '$1': must be like 1.2.0" ;;
esac
text="$(section)"
if [ "$update" = yes ]; then
	[ -z "$text" ] || fail "CHANGELOG.md has a section $version"
	add_section "## $version ($(git log -1 --format=%cs))

$(commits)"
else
	[ -n "$text" ] || text="$(commits)"
	printf '%s\n' "$text"
fi
