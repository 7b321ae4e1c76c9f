"""Keep a copy of the published results in step with the portal; plain Python, no packages.

    python3 sync.py https://thidua.example ket-qua.json

The first run fetches everything, later runs only what was published, corrected or revoked since.
Broken off at any point, the next run goes on from the last page that was kept.
"""

import gzip
import json
import os
import sys
import time
import urllib.error
import urllib.request

USER_AGENT = "dong-bo-mau/1.0"


def ask(url):
    """The answer's body and headers; waits when asked to, gives up on a request that is wrong."""
    headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": USER_AGENT}
    for attempt in range(5):
        try:
            with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
                body = answer.read()
                if answer.headers.get("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
                return json.loads(body), answer.headers
        except urllib.error.HTTPError as error:
            if error.code != 429 and error.code < 500:
                raise SystemExit(f"{error.code}: {json.load(error)['detail']}") from error
            time.sleep(int(error.headers.get("Retry-After", 2**attempt)))
        except urllib.error.URLError:
            time.sleep(2**attempt)
    raise SystemExit(f"no answer from {url}")


def load(path):
    if not os.path.exists(path):
        return {"cursor": "0", "results": {}}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def save(path, kept):
    """Replace the file at once, so that it is never half written."""
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False, indent=1)
    os.replace(f"{path}.new", path)


def sync(site, path):
    """How many publications were new."""
    kept, count = load(path), 0
    while True:
        page, headers = ask(f"{site}/api/v1/results/?cursor={kept['cursor']}")
        for result in page["results"]:
            # A correction or a revocation is a newer word on the same reference.
            kept["results"][result["reference"]] = result
        kept["cursor"] = headers["X-Next-Cursor"]
        count += len(page["results"])
        save(path, kept)
        if page["next"] is None:
            return count


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    print(sync(sys.argv[1].rstrip("/"), sys.argv[2]))
