#!/usr/bin/env bash
# Makes a base image from packages of Debian, for machines that cannot pull one: libc, zlib, time zones and CA
# certificates, a user without rights, and no shell. The same packages result in the same bytes.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

usage() {
	cat <<'USAGE'
usage: deploy/base-from-debian.sh FILE

Writes a base image to FILE, an archive as of `docker save`. Use it with
`./platform images --base tar:FILE`. Needs apt-get, dpkg-deb, GNU tar and sha256sum, which Debian and Ubuntu have; no
root. The packages are those of this machine's release and architecture.
USAGE
}

fail() {
	echo "base-from-debian: $1" >&2
	exit 1
}

case "${1:-}" in
	-h | --help)
		usage
		exit 0
		;;
esac
[ $# -eq 1 ] || {
	echo "base-from-debian: one argument is required, the file" >&2
	usage >&2
	exit 2
}
for program in apt-get dpkg dpkg-deb tar sha256sum; do
	command -v "$program" >/dev/null || fail "$program is not installed: run this on Debian or Ubuntu"
done

file="$1"
[ -d "$(dirname -- "$file")" ] || fail "$(dirname -- "$file") is not a directory"
target="$(cd -P -- "$(dirname -- "$file")" && pwd -P)/$(basename -- "$file")"
work="$(mktemp -d)"
trap 'rm -rf -- "$work"' EXIT

packages=(libc6 zlib1g tzdata ca-certificates)
mkdir "$work/packages" "$work/content" "$work/root" "$work/image"
(cd "$work/packages" && apt-get download "${packages[@]}" >"$work/log" 2>&1) ||
	fail "the packages cannot be downloaded: $(tail -n 1 "$work/log")"
for package in "$work"/packages/*.deb; do
	dpkg-deb -x "$package" "$work/content"
done

# Of the packages, only what a JVM reads. Debian 13 and later have all libraries below /usr.
libraries="$(dpkg-architecture -q DEB_HOST_MULTIARCH 2>/dev/null || true)"
[ -n "$libraries" ] || case "$(dpkg --print-architecture)" in
	amd64) libraries=x86_64-linux-gnu ;;
	arm64) libraries=aarch64-linux-gnu ;;
	*) fail "no base image for $(dpkg --print-architecture)" ;;
esac
root="$work/root"
mkdir -p "$root/usr/lib/$libraries" "$root/usr/lib64" "$root/etc/ssl/certs" "$root/usr/share" "$root/home/nonroot" \
	"$root/tmp" "$root/run" "$root/var"
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"
ln -s ../run "$root/var/run"
for directory in "$work/content/lib/$libraries" "$work/content/usr/lib/$libraries"; do
	if [ -d "$directory" ]; then
		find "$directory" -maxdepth 1 -name '*.so*' -exec cp -a -t "$root/usr/lib/$libraries" {} +
	fi
done
# The loader, whose name is in every program.
case "$libraries" in
	x86_64-*) ln -s "../lib/$libraries/ld-linux-x86-64.so.2" "$root/usr/lib64/ld-linux-x86-64.so.2" ;;
	aarch64-*) ln -s "$libraries/ld-linux-aarch64.so.1" "$root/usr/lib/ld-linux-aarch64.so.1" ;;
esac
# Encodings and locales: C.UTF-8 is built into libc and others are not used.
cp -a "$work/content/usr/share/zoneinfo" "$root/usr/share/zoneinfo"
rm -rf "$root/usr/share/zoneinfo/right" "$root/usr/share/zoneinfo/posix"
# The package makes this file from its certificates when it is installed.
find "$work/content/usr/share/ca-certificates" -name '*.crt' | sort | while IFS= read -r certificate; do
	cat -- "$certificate"
done >"$root/etc/ssl/certs/ca-certificates.crt"
[ -s "$root/etc/ssl/certs/ca-certificates.crt" ] || fail "the package ca-certificates contains no certificates"
mkdir -p "$root/usr/share/doc"
for package in "${packages[@]}"; do
	mkdir "$root/usr/share/doc/$package"
	cp -L "$work/content/usr/share/doc/$package/copyright" "$root/usr/share/doc/$package/copyright" 2>/dev/null ||
		rmdir "$root/usr/share/doc/$package"
done
printf '%s\n' 'root:x:0:0:root:/root:/sbin/nologin' 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin' \
	>"$root/etc/passwd"
printf '%s\n' 'root:x:0:' 'nonroot:x:65532:' >"$root/etc/group"
printf '%s\n' 'hosts: files dns' >"$root/etc/nsswitch.conf"
printf '%s\n' 'PRETTY_NAME="Base from Debian packages"' 'ID=debian' >"$root/etc/os-release"
chmod 1777 "$root/tmp"

# Entries in order, with fixed times and owners.
pack() {
	tar --sort=name --mtime=@1 --owner=0 --group=0 --numeric-owner --format=posix \
		--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime -C "$1" -cf "$2" "${@:3}"
}

entries=()
for entry in "$root"/*; do
	entries+=("$(basename -- "$entry")")
done
pack "$root" "$work/image/layer.tar" "${entries[@]}"
diff="$(sha256sum "$work/image/layer.tar")"
diff="${diff%% *}"
cat >"$work/image/config.json" <<CONFIG
{"architecture":"$(dpkg --print-architecture)","os":"linux","created":"1970-01-01T00:00:01Z","config":{"User":"65532","Env":["PATH=/usr/local/bin:/usr/bin:/bin","SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],"WorkingDir":"/home/nonroot"},"rootfs":{"type":"layers","diff_ids":["sha256:$diff"]},"history":[{"created":"1970-01-01T00:00:01Z","created_by":"deploy/base-from-debian.sh"}]}
CONFIG
printf '%s\n' '[{"Config":"config.json","RepoTags":["microplatform/base:debian"],"Layers":["layer.tar"]}]' \
	>"$work/image/manifest.json"
pack "$work/image" "$work/base.tar" config.json layer.tar manifest.json
mv -- "$work/base.tar" "$target"
sha256sum "$target"
