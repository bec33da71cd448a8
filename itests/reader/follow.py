"""Follows a model's versions with what the README of schemas says and nothing else of Emend.
python follow.py BASE_FOLDER MODEL BOOTSTRAP REGISTRY LAST_VERSION   prints each version's digest"""
import functools, hashlib, io, json, struct, sys, urllib.request, zlib
import fastavro, numpy as np
from confluent_kafka import Consumer
from safetensors.numpy import load_file

base, model, bootstrap, registry, last = sys.argv[1:]
sha = lambda *parts: hashlib.sha256(b"".join(p.encode() if isinstance(p, str) else p for p in parts)).digest()
shape = lambda name: ",".join(map(str, weights[name].shape))
tensor_digest = lambda name: sha(f"{name}\tF32\t{shape(name)}\n", weights[name].tobytes())
model_digest = lambda: sha(*(f"{n}\t{shape(n)}\t{digests[n].hex()}\n" for n in sorted(weights)))
pieces = lambda tensor: [f"{tensor['chunk_key']}#{i}" for i in range(tensor["chunks"])]

@functools.cache
def schema(number):
    return fastavro.parse_schema(json.loads(json.load(urllib.request.urlopen(f"{registry}/schemas/ids/{number}"))["schema"]))

def update(name, layout, payload):
    magic, form, encoding, transform, rank, zero, out, inn = struct.unpack_from("<4sHBBIIQQ", payload)
    assert (magic, form, zero) == (b"EMDL", 1, 0) and encoding in (1, 2) and transform in (0, 1), "unknown payload"
    body = payload[32:]
    if transform == 1:
        stream = zlib.decompressobj()
        planes = np.frombuffer(stream.decompress(body) + stream.unused_data, np.uint8).reshape(4, -1)
        bits = planes[::-1].T.copy().view("<u4").ravel()
        body = bits >> np.uint32(1) | bits << np.uint32(31)
    values = np.frombuffer(body, "<f4")
    if encoding == 2:
        weights[name] = values.reshape(weights[name].shape).copy()
        return
    for resid, adj in zip(values[: rank * out].reshape(rank, out), values[rank * out :].reshape(rank, inn)):
        weights[name] += np.outer(resid, adj) if layout == "OUT_IN" else np.outer(adj, resid)

def follow(delta, chain):
    assert delta["parent_digest"] == model_digest(), "a gap or a fork"
    for t in delta["tensors"]:
        payload = b"".join(map(chunks.pop, pieces(t))) or t["inline"]
        assert sha(payload) == t["sha256"] and digests[t["name"]] == t["before_sha256"], "another payload or start"
        update(t["name"], t["layout"], payload)
        digests[t["name"]] = tensor_digest(t["name"])
        assert digests[t["name"]] == t["after_sha256"], "other bits than the worker's"
    assert model_digest() == delta["result_digest"], "another model"
    ends = "".join(f"{t['name']}\t{t['after_sha256'].hex()}\n" for t in delta["tensors"])
    words = [chain.hex(), delta["version"], delta["kind"], delta["base_digest"].hex(), delta["result_digest"].hex()]
    assert sha("emend.chain.1\n", *(f"{word}\n" for word in words), ends) == delta["chain_hash"], "another chain"
    return delta["chain_hash"]

weights = {name: tensor.astype("<f4") for name, tensor in load_file(f"{base}/model.safetensors").items()}
digests = {name: tensor_digest(name) for name in weights}
version, chain, chunks, deltas = 0, sha(f"emend.chain.1\n{model_digest().hex()}\n"), {}, {}
consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "a-stranger", "enable.auto.commit": False,
                     "auto.offset.reset": "earliest", "isolation.level": "read_committed"})
consumer.subscribe(["emend.deltas", "emend.delta-chunks"])
while version < int(last):
    for message in consumer.consume(100, 1.0):
        assert not message.error(), message.error()
        found = fastavro.schemaless_reader(io.BytesIO(message.value()[5:]), schema(struct.unpack(">xI", message.value()[:5])[0]))
        if message.topic() == "emend.delta-chunks":
            chunks[message.key().decode()] = found["payload"]
        elif message.key() == model.encode():
            deltas[found["version"]] = found
    while version + 1 in deltas and all(piece in chunks for t in deltas[version + 1]["tensors"] for piece in pieces(t)):
        chain, version = follow(deltas.pop(version + 1), chain), version + 1
        print(version, model_digest().hex(), flush=True)
