"""Follows a model's versions with what the README of schemas says and nothing else of Emend.

python follow.py BASE_FOLDER MODEL BOOTSTRAP REGISTRY LAST_VERSION   prints that version's digest
"""
import hashlib, io, json, struct, sys, urllib.request, zlib
import fastavro, numpy as np
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition
from safetensors import safe_open

base, model, bootstrap, registry, last = sys.argv[1:]
schemas, chunks, deltas, weights, digests = {}, {}, {}, {}, {}

def sha(*parts):
    return hashlib.sha256(b"".join(p.encode() if isinstance(p, str) else p for p in parts)).digest()

def shape(name):
    return ",".join(map(str, weights[name].shape))

def tensor_digest(name):
    return sha(f"{name}\tF32\t{shape(name)}\n", weights[name].tobytes())

def model_digest():
    return sha(*(f"{n}\t{shape(n)}\t{digests[n].hex()}\n" for n in sorted(weights)))

def record(value):
    number = struct.unpack(">xI", value[:5])[0]
    if number not in schemas:
        with urllib.request.urlopen(f"{registry}/schemas/ids/{number}") as answer:
            schemas[number] = fastavro.parse_schema(json.loads(json.load(answer)["schema"]))
    return fastavro.schemaless_reader(io.BytesIO(value[5:]), schemas[number])

def update(name, layout, payload):
    magic, version, encoding, transform, rank, zero, out, inn = struct.unpack_from("<4sHBBIIQQ", payload)
    assert (magic, version, zero) == (b"EMDL", 1, 0) and transform in (0, 1), "unknown payload"
    body = np.frombuffer(payload, "<f4", offset=32) if transform == 0 else None
    if transform == 1:
        stream = zlib.decompressobj()
        planes = [np.frombuffer(stream.decompress(payload[32:]), np.uint8)]
        planes += list(np.frombuffer(stream.unused_data, np.uint8).reshape(3, -1))
        bits = sum(p.astype(np.uint32) << np.uint32(s) for p, s in zip(planes, (24, 16, 8, 0)))
        body = (bits >> np.uint32(1) | bits << np.uint32(31)).astype(np.uint32).view(np.float32)
    if encoding == 2:
        weights[name] = body.reshape(weights[name].shape).copy()
        return
    resid, adj = body[: rank * out].reshape(rank, out), body[rank * out :].reshape(rank, inn)
    for r in range(rank):
        weights[name] += np.outer(resid[r], adj[r]) if layout == "OUT_IN" else np.outer(adj[r], resid[r])

def follow(delta, chain):
    assert delta["parent_digest"] == model_digest(), "a gap or a fork"
    for t in delta["tensors"]:
        pieces = [chunks.pop(f"{t['chunk_key']}#{i}") for i in range(t["chunks"])]
        payload = b"".join(pieces) or t["inline"]
        assert sha(payload) == t["sha256"] and digests[t["name"]] == t["before_sha256"]
        update(t["name"], t["layout"], payload)
        digests[t["name"]] = tensor_digest(t["name"])
        assert digests[t["name"]] == t["after_sha256"], "other bits than the worker's"
    assert model_digest() == delta["result_digest"]
    head = f"emend.chain.1\n{chain.hex()}\n{delta['version']}\n{delta['kind']}\n"
    ends = "".join(f"{t['name']}\t{t['after_sha256'].hex()}\n" for t in delta["tensors"])
    chain = sha(head, f"{delta['base_digest'].hex()}\n{delta['result_digest'].hex()}\n", ends)
    assert chain == delta["chain_hash"], "another chain"
    return chain

with safe_open(f"{base}/model.safetensors", "np") as file:
    weights = {name: file.get_tensor(name).astype("<f4") for name in file.keys()}
digests = {name: tensor_digest(name) for name in weights}
version, chain = 0, sha(f"emend.chain.1\n{model_digest().hex()}\n")
consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "a-stranger",
                     "enable.auto.commit": False, "isolation.level": "read_committed"})
topics = consumer.list_topics(timeout=30).topics
consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING)
                 for topic in ("emend.deltas", "emend.delta-chunks") for partition in topics[topic].partitions])
while version < int(last):
    message = consumer.poll(1.0)
    if message is None:
        continue
    if message.error():
        raise KafkaException(message.error())
    found = record(message.value())
    if message.topic() == "emend.delta-chunks":
        chunks[message.key().decode()] = found["payload"]
    elif message.key() == model.encode():
        deltas[found["version"]] = found
    while version + 1 in deltas and all(f"{t['chunk_key']}#{i}" in chunks
                                        for t in deltas[version + 1]["tensors"] for i in range(t["chunks"])):
        version += 1
        chain = follow(deltas.pop(version), chain)
        print(version, model_digest().hex(), flush=True)
