"""A network of pieces as ONNX Runtime runs it, its weights in bytes. For the scripts that need PyTorch."""

from __future__ import annotations

import pathlib
import tempfile

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn


def write(net: nn.Module, target: pathlib.Path) -> None:
    """Write `net`, which gives scores of shape (1, n, columns) for pieces of shape (1, n), to the file `target`."""
    with tempfile.TemporaryDirectory() as folder:
        full, ready = f"{folder}/full.onnx", f"{folder}/ready.onnx"
        torch.onnx.export(
            net.eval(),
            (torch.arange(37)[None] + 5,),
            full,
            input_names=["pieces"],
            output_names=["scores"],
            dynamic_axes={"pieces": {1: "n"}, "scores": {1: "n"}},
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(full, ready, skip_symbolic_shape=True)
        quantize_dynamic(ready, target, weight_type=QuantType.QUInt8, per_channel=True)
