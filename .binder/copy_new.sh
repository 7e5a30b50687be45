#!/bin/sh
# copy_new.sh FROM TO: copy every file of FROM that is not in TO yet. What a learner has worked on stays as it is.
set -eu
mkdir -p "$2"
to=$(cd "$2" && pwd)
cd "$1"
find . -type f | while IFS= read -r file; do
  [ ! -e "$to/$file" ] || continue
  mkdir -p "$to/$(dirname "$file")"
  cp "$file" "$to/$file"
  chmod u+w "$to/$file"
done
