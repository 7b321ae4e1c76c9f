#!/bin/sh
# Fetch what was published since the last run, with curl alone; each page is kept as a file of its own.
#   sync.sh https://thidua.example folder
set -eu
site=$1 folder=$2
mkdir -p "$folder"
cursor=$(cat "$folder/cursor" 2>/dev/null || echo 0)
while :; do
  curl --silent --show-error --fail --compressed --retry 5 \
    --header 'Accept: application/json' --dump-header "$folder/headers" --output "$folder/page" \
    "$site/api/v1/results/?cursor=$cursor"
  next=$(tr -d '\r' <"$folder/headers" | sed -n 's/^[Xx]-[Nn]ext-[Cc]ursor: //p')
  mv "$folder/page" "$folder/$cursor.json"
  echo "$next" >"$folder/cursor"
  # No Link header: this was the last page.
  grep -qi '^link:' "$folder/headers" || break
  cursor=$next
done
