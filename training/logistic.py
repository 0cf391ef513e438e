"""Logistic regression for all labels of a model at once: one product of matrices a step, not one a label."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

STEPS = 150
TOLERANCE = 1e-5


def logistic(
    dense: NDArray[np.float32], words: csr_matrix, targets: NDArray[Any], exclusive: bool, c: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(columns, labels) and (labels,) of the model with the least regularised loss.

    `targets` is (rows, labels) of 0 and 1; `exclusive` labels share one softmax, the others have a sigmoid each. `c`
    is the inverse strength of regularisation, as in scikit-learn.
    """
    columns, labels = dense.shape[1] + words.shape[1], targets.shape[1]
    wanted = targets.astype(np.float32)
    across, across_words = np.ascontiguousarray(dense.T), words.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat[: columns * labels].reshape(columns, labels)
        low = weights.astype(np.float32)
        z = (
            dense @ low[: dense.shape[1]]
            + words @ low[dense.shape[1] :]
            + flat[columns * labels :].astype(np.float32)
        )
        value, error = _softmax_loss(z, wanted) if exclusive else _sigmoid_loss(z, wanted)
        slope = np.vstack([across @ error, across_words @ error]).astype(np.float64) * c + weights
        bias_slope = error.sum(axis=0).astype(np.float64) * c
        return c * value + 0.5 * float((weights**2).sum()), np.concatenate([slope.ravel(), bias_slope])

    start = np.zeros(columns * labels + labels)
    usual = np.clip(targets.mean(axis=0), 1e-3, 1 - 1e-3)
    start[columns * labels :] = np.log(usual) if exclusive else np.log(usual / (1 - usual))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "ftol": TOLERANCE})
    return found.x[: columns * labels].reshape(columns, labels), found.x[columns * labels :]


def _softmax_loss(z: NDArray[np.float32], wanted: NDArray[np.float32]) -> tuple[float, NDArray[np.float32]]:
    shifted = z - z.max(axis=1, keepdims=True)
    raised = np.exp(shifted)
    total = raised.sum(axis=1, keepdims=True)
    return float(
        (np.log(total) - (shifted * wanted).sum(axis=1, keepdims=True)).sum()
    ), raised / total - wanted


def _sigmoid_loss(z: NDArray[np.float32], wanted: NDArray[np.float32]) -> tuple[float, NDArray[np.float32]]:
    value = np.logaddexp(0, z) - z * wanted
    return float(value.sum()), 1 / (1 + np.exp(-z)) - wanted
