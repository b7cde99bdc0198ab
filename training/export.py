"""Write the reader's files from a training run: reader.onnx (int8), reader.json, tokenizer.json.

python -m training.export --run DIR --base DIR --out src/rashomon/extract/weights
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from transformers import BertModel

from training.model import HEADS, Network


def layout() -> dict[str, list[int]]:
    out, at = {}, 0
    for _, parts in HEADS.values():
        for name, width in parts.items():
            out[name] = [at, at + width]
            at += width
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    network = Network(
        BertModel.from_pretrained(
            str(options.base), attn_implementation="eager", add_pooling_layer=False
        )
    )
    state = torch.load(options.run / "state.pt", weights_only=False)
    network.load_state_dict(state["result"])
    network.eval()
    whole = options.run / "reader-float.onnx"
    ids = torch.randint(1000, 2000, (1, 40))
    example = (ids, torch.ones_like(ids), torch.arange(1, 31)[None])
    names = ["ids", "shapes", "starts"]
    with torch.no_grad():
        torch.onnx.export(
            network, example, str(whole), input_names=names, output_names=["outputs"], dynamo=False,
            opset_version=17, do_constant_folding=True,
            dynamic_axes={n: {0: "batch", 1: "words" if n == "starts" else "subwords"} for n in names},
        )  # fmt: skip
        expected = network(*example).numpy()
    prepared = options.run / "reader-prepared.onnx"
    quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
    target = options.out / "reader.onnx"
    quantize_dynamic(
        str(prepared), str(target), weight_type=QuantType.QInt8, per_channel=True,
        op_types_to_quantize=["MatMul", "Gather", "Gemm"],
    )  # fmt: skip
    onnx.checker.check_model(str(target))
    tokenizer = Tokenizer.from_file(str(options.base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    card = {
        "layout": layout(),
        "bias": np.round(network.bias.weight.detach().numpy().astype(float), 5).tolist(),
        "pair": np.round(network.pair.weight.detach().numpy()[0].astype(float), 5).tolist(),
        "pair_constant": round(float(network.pair.bias), 5),
        "cls": tokenizer.token_to_id("[CLS]"), "sep": tokenizer.token_to_id("[SEP]"), "mask": tokenizer.token_to_id("[MASK]"),
    }  # fmt: skip
    card["version"] = hashlib.sha256(target.read_bytes()).hexdigest()[:12]
    run = options.run / "run.json"
    card["training"] = json.loads(run.read_text()) if run.exists() else {}
    (options.out / "reader.json").write_text(json.dumps(card))
    tokenizer.save(str(options.out / "tokenizer.json"))
    session = onnxruntime.InferenceSession(str(target))
    got = session.run(None, dict(zip(names, (x.numpy() for x in example), strict=True)))[0]
    print(
        "largest difference to float:", np.abs(got - expected).max(), "of", np.abs(expected).max()
    )
    print("bytes:", target.stat().st_size)


if __name__ == "__main__":
    main()
