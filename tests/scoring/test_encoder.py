"""A sentence's vector depends on that sentence alone, costs nothing the second time, and comes from known weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.errors import ModelError
from voicemock.scoring.models.encoder import (
    DIMENSIONS,
    FakeEncoder,
    Usem3Encoder,
    check_digests,
    default_encoder,
)

SENTENCES = ["I rang 12 customers.", "It was slow.", "", "We had 4 teams in 3 places, and nobody spoke."]


class TestVectors:
    def test_the_company_that_a_sentence_keeps_does_not_change_a_bit(self):
        together = Usem3Encoder().encode(SENTENCES)
        alone = np.vstack([Usem3Encoder().encode([s]) for s in reversed(SENTENCES)])[::-1]
        assert np.array_equal(together, alone)

    def test_shape_and_length(self):
        vectors = default_encoder().encode(SENTENCES[:2])
        assert vectors.shape == (2, DIMENSIONS)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)

    def test_near_in_meaning_is_near(self):
        a, b, c = default_encoder().encode(
            ["I phoned a customer.", "I called a client.", "The server has 4 cores."]
        )
        assert a @ b > a @ c

    @given(st.lists(st.text(max_size=40), max_size=4))
    def test_any_text_has_a_finite_vector(self, texts):
        vectors = FakeEncoder().encode(texts)
        assert vectors.shape == (len(texts), DIMENSIONS)
        assert np.isfinite(vectors).all()


class TestMemory:
    def test_a_sentence_is_embedded_once(self):
        calls = []

        class Counting:
            def encode(self, texts):
                calls.extend(texts)
                return np.ones((len(texts), DIMENSIONS), dtype=np.float32)

        encoder = Usem3Encoder(load=Counting)
        encoder.encode(["one", "two"])
        encoder.encode(["one", "two", "three"])
        assert calls == ["one", "two", "three"]


class TestWeights:
    def test_weights_that_are_not_those_checked_are_refused(self, tmp_path):
        (tmp_path / "weights.npz").write_bytes(b"something else")
        with pytest.raises(ModelError, match="not the real one"):
            check_digests(tmp_path)

    def test_missing_weights_are_named(self, tmp_path):
        with pytest.raises(ModelError, match="can't be read"):
            check_digests(tmp_path)
