"""MiniLM-L6 as a network of ours begins, with the pieces that voicemock knows. For the scripts that need PyTorch."""

from __future__ import annotations

import math
import pathlib
from typing import Any

import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from voicemock.scoring.models.pieces import story_pieces


def encoder_of(folder: pathlib.Path) -> nn.Module:
    """The network of `folder`, its table of pieces cut to those of `story_pieces` and kept as it came."""
    known = AutoTokenizer.from_pretrained(folder).get_vocab()
    encoder = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
    numbers = torch.tensor([known[piece] for piece in story_pieces().listed])
    table = encoder.embeddings.word_embeddings.weight[numbers].detach().clone()
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table)
    return encoder


def cosine(optimiser: torch.optim.Optimizer, steps: int, warm: int) -> Any:
    """A rate that rises for `warm` steps and falls along a cosine to nothing."""
    return torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda step: min(1, (step + 1) / warm) * (1 + math.cos(math.pi * min(1, step / steps))) / 2,
    )
