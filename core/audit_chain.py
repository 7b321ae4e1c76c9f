"""The chain of seals over events, in plain Python: the portal seals with it, anyone verifies with it.

    python audit_chain.py nhat-ky.jsonl [--head 12:9f86d0…]

reads what `manage.py export_audit` wrote and needs nothing else: no database, no package. `--head`
is a head that was published (number of the batch and its hash): with it, cutting off the newest
events is found as well. Prints what is wrong, one line each, and ends with 1 if anything is.

An event's leaf is the SHA-256 of its canonical JSON. A batch's hash is the SHA-256 of the hash of
the batch before, its own number and its leaves, one per line. Personal words are not in an event:
only the salted SHA-256 of them is, so they can be erased and the chain still holds.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator

GENESIS = "0" * 64


def leaf_of(event: dict) -> str:
    canonical = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def payload_hash(salt: str, comment: str, data: dict) -> str:
    canonical = json.dumps({"comment": comment, "data": data}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256((salt + canonical).encode()).hexdigest()


def batch_hash(previous: str, number: int, leaves: Iterable[str]) -> str:
    return hashlib.sha256("\n".join([previous, str(number), *leaves]).encode()).hexdigest()


def faults(lines: Iterable[dict], heads: dict[int, str]) -> Iterator[str]:
    """What is wrong with an exported chain, in words.

    `lines` are, batch after batch, its events ({"kind": "event", "leaf", "event", "payload"°}) and then
    the batch itself ({"kind": "batch", "number", "previous", "hash", "count"}). An event that is gone
    from the register is null. `heads` are published hashes by batch number.
    """
    previous, number, leaves = GENESIS, 0, []
    for line in lines:
        if line["kind"] == "event":
            yield from _event_faults(line, number + 1, len(leaves) + 1)
            leaves.append(line["leaf"])
            continue
        number += 1
        if line["number"] != number:
            yield f"Batch {number} is missing: the next one is {line['number']}."
            number = line["number"]
        if line["previous"] != previous:
            yield f"Batch {number} does not follow on the batch before it."
        if line["count"] != len(leaves):
            yield f"Batch {number} was sealed with {line['count']} events, {len(leaves)} are there."
        if line["hash"] != batch_hash(line["previous"], number, leaves):
            yield f"Batch {number}: its hash is not that of its events."
        if number in heads and heads[number] != line["hash"]:
            yield f"Batch {number}: the published head is {heads[number]}, the batch's hash {line['hash']}."
        previous, leaves = line["hash"], []
    if leaves:
        yield f"{len(leaves)} events after batch {number} belong to no batch."
    for published in sorted(heads):
        if published > number:
            yield f"Batch {published} was published as head, but the chain ends with batch {number}."


def _event_faults(line: dict, batch: int, position: int) -> Iterator[str]:
    event = line["event"]
    where = f"Batch {batch}, event {position}"
    if event is None:
        yield f"{where}: the event is gone."
    elif leaf_of(event) != line["leaf"]:
        yield f"{where}: event {event['uid']} ({event['act']}) is not what was sealed."
    payload = line.get("payload")
    if event and payload and payload_hash(**payload) != event["payload_sha256"]:
        yield f"{where}: the words kept with event {event['uid']} are not those that were written."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("export")
    parser.add_argument("--head", action="append", default=[], help="NUMBER:HASH as published")
    said = parser.parse_args()
    heads = {int(number): value for number, _, value in (head.partition(":") for head in said.head)}
    count = 0
    with open(said.export, encoding="utf-8") as lines:
        for fault in faults(map(json.loads, lines), heads):
            print(fault)
            count += 1
    print("The chain holds." if not count else f"{count} faults.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
