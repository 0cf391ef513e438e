"""faster-whisper behind the `Recogniser` seam: a short window in a hurry, a long one with care."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress, groupby
from operator import itemgetter
from typing import Any

import numpy as np

from voicemock.audio.sound import RATE, Samples, Sound, as_floats, resample
from voicemock.speech import guards
from voicemock.speech.domain import prompt_for
from voicemock.speech.doubts import around_numbers, chosen, doubted, likely_twins, merged
from voicemock.speech.memory import give_back_memory
from voicemock.speech.recogniser import CarefulResult, QuickResult, Unclear, no_pause
from voicemock.transcript import Doubt, Word, join_words

FULL_WINDOW_S = 30.0  # what Whisper was trained on, and its longest
QUICK_PAD_S = 2.0  # silence after an utterance in the quick window; with under 1 s the model loops
CAREFUL_PAD_S = 5.0  # as good as the full window on windows of 20 s, and half the cost on a short tail
SLOWER = 0.93  # of its pace, at which a number is heard once more: whatever comes out as another was in doubt
ALIGNED_LATE_S = 0.08  # alignment puts a word's start this much after its first sound (median over 374 words
# of two espeak voices, whose times are known: 0.11 s after espeak's mark, which lies some 0.03 s before the sound)
FRAMES_PER_S = 100  # of the log-mel features
AS_LIKELY = 3.0  # of the logarithm of a text's probability: e^3, 20 times as likely, is no certainty
LEAST_PROBABILITY = 1e-9  # of a token; its logarithm must be finite
NO_REPEAT = 3  # words that may not come twice in the same order, once a loop was seen
# A short utterance less probable than this may be another one: "Just a sec." comes out as "Just as a jerk".
READ_AGAIN_LOGPROB, READ_AGAIN_S = -0.4, 5.0
READ_AS_WELL = 0.15  # of the mean logarithm of a token's probability: a reading that near is as good
SURE_OF_LANGUAGE = 0.7  # less, as of a short "yes", is a guess
LANGUAGE = "en"  # the scorer reads English; a model of many languages must not guess
# punctuation that belongs to the word before or after it (faster-whisper's own lists)
APPENDED = "\"'.。,，!！?？:：”)]}、"
PREPENDED = "\"'“¿([{-"


@dataclass(frozen=True, slots=True)
class _Decoded:
    tokens: list[int]  # of text alone
    text: str
    avg_logprob: float
    no_speech: float
    encoded: Any  # CTranslate2's StorageView
    frames: int
    others: tuple[str, ...] = ()  # texts that are nearly as likely


class WhisperRecogniser:
    """The real recogniser. `hints` are the user's own words: names of products, people, measures."""

    def __init__(self, model: Any, hints: Sequence[str] = ()) -> None:
        from faster_whisper.tokenizer import Tokenizer

        self._model = model
        self._tokenizer = Tokenizer(
            model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=LANGUAGE
        )
        self._hints = tuple(hints)

    def quick(
        self, samples: Samples, offset_s: float, prompt: str = "", choices: Sequence[str] = ()
    ) -> QuickResult:
        speech_s = len(samples) / RATE
        decoded = self._decode(samples, QUICK_PAD_S, beam=1, prompt=prompt)
        retried = self._is_loop(decoded, samples)
        if retried:
            decoded = self._decode(samples, FULL_WINDOW_S, beam=1, prompt=prompt, no_repeat=NO_REPEAT)
        somebody = decoded.no_speech < guards.NO_SPEECH
        in_doubt = decoded.avg_logprob < READ_AGAIN_LOGPROB and speech_s <= READ_AGAIN_S and somebody
        readings = self._readings(decoded, speech_s) if in_doubt else ()
        if choices and speech_s <= READ_AGAIN_S:
            readings = (*chosen(choices, lambda text: self._likelihood(text, decoded)), *readings)
        if guards.is_improbable(decoded.avg_logprob):
            lost = self._not_understood(decoded, samples, offset_s)
            return QuickResult((), lost.avg_logprob, lost.no_speech, retried, lost.unclear, readings)
        words, unclear = self._words(decoded, speech_s, offset_s)
        return QuickResult(words, decoded.avg_logprob, decoded.no_speech, retried, unclear, readings)

    def _readings(self, decoded: _Decoded, speech_s: float) -> tuple[str, ...]:
        """The likeliest texts of a sound that is encoded already, found with a wider search."""
        start = self._start_tokens("")
        result = self._model.model.generate(
            decoded.encoded,
            [start],
            beam_size=5,
            num_hypotheses=5,
            max_length=len(start) + guards.longest_allowed(speech_s),
            return_scores=True,
        )[0]
        near = (
            self._text(ids)
            for ids, score in zip(result.sequences_ids, result.scores, strict=True)
            if score >= result.scores[0] - READ_AS_WELL
        )
        return tuple(dict.fromkeys(near))

    def careful(
        self, samples: Samples, offset_s: float, prompt: str = "", give_way: Callable[[], None] = no_pause
    ) -> CarefulResult:
        biased = prompt_for((*self._hints, prompt))
        first = self._decode(samples, CAREFUL_PAD_S, beam=5, prompt=biased, give_way=give_way)
        if self._is_another_language(first):
            return self._not_understood(first, samples, offset_s)
        misled = self._is_loop(first, samples) or guards.repeats_prompt(first.text, biased)
        if misled or guards.is_doubtful(first.avg_logprob):
            result = self._confirmed(first, samples, offset_s, misled, give_way)
        else:
            give_way()
            heard = self._believed(first, samples, offset_s)
            result = replace(
                heard, doubts=merged(heard.doubts, self._slower(heard.words, samples, offset_s, give_way))
            )
        del first  # with what the encoder made of it
        give_back_memory()
        return result

    def _confirmed(
        self, first: _Decoded, samples: Samples, offset_s: float, misled: bool, give_way: Callable[[], None]
    ) -> CarefulResult:
        """What a decode without prompt and loops makes of the same sound: it replaces a first one that was `misled`,
        and of a doubtful one it leaves the words that both have.
        """
        second = self._decode(samples, FULL_WINDOW_S, beam=5, no_repeat=NO_REPEAT, give_way=give_way)
        give_way()
        if self._is_loop(second, samples) or guards.is_improbable(second.avg_logprob):
            return self._not_understood(second, samples, offset_s)
        if misled:
            doubtful = guards.is_doubtful(second.avg_logprob)  # and nothing is there that could confirm it
            understood = self._not_understood if doubtful else self._believed
            return understood(second, samples, offset_s)
        heard = self._believed(first, samples, offset_s)
        again, _ = self._words(second, len(samples) / RATE, offset_s)
        words, unclear = split(heard.words, guards.agreed(heard.words, again), second)
        return CarefulResult(
            words, second.avg_logprob, second.no_speech, (*heard.unclear, *unclear), heard.doubts
        )

    def _is_another_language(self, decoded: _Decoded) -> bool:
        """Told to write English, a model of many languages translates, and is sure of it. One of English can't tell."""
        if not self._model.model.is_multilingual:
            return False
        language, probability = self._model.model.detect_language(decoded.encoded)[0][0]
        return bool(language != f"<|{LANGUAGE}|>" and probability > SURE_OF_LANGUAGE)

    def _is_loop(self, decoded: _Decoded, samples: Samples) -> bool:
        circles = guards.most_repeats(decoded.tokens, guards.NGRAM) > guards.MAX_REPEATS  # within a word, too
        return circles or guards.is_loop(decoded.text, len(decoded.tokens), len(samples) / RATE)

    def _believed(self, decoded: _Decoded, samples: Samples, offset_s: float) -> CarefulResult:
        words, unclear = self._words(decoded, len(samples) / RATE, offset_s)
        twins = likely_twins(words, lambda text: self._likelihood(text, decoded))
        doubts = merged(doubted(words, decoded.others), twins)
        return CarefulResult(words, decoded.avg_logprob, decoded.no_speech, unclear, doubts)

    def _slower(
        self, words: Sequence[Word], samples: Samples, offset_s: float, give_way: Callable[[], None]
    ) -> Iterator[Doubt]:
        """The numbers that are others where a few seconds around them are played more slowly."""
        for start, end, near in around_numbers(words):
            give_way()
            first, last = (round(max(0.0, time_s - offset_s) * RATE) for time_s in (start, end))
            slower = resample(Sound(samples[first:last], round(RATE * SLOWER))).samples
            again = self._decode(slower, QUICK_PAD_S, beam=1, prompt=prompt_for(self._hints))
            yield from doubted(near, [again.text])

    def _likelihood(self, text: str, decoded: _Decoded) -> float:
        """The logarithm of the text's probability, given the sound."""
        tokens, start = self._tokenizer.encode(" " + text), self._tokenizer.sot_sequence
        aligned = self._model.model.align(decoded.encoded, start, [tokens], [decoded.frames])[0]
        return float(np.log(np.maximum(aligned.text_token_probs, LEAST_PROBABILITY)).sum())

    def _not_understood(self, decoded: _Decoded, samples: Samples, offset_s: float) -> CarefulResult:
        end = offset_s + len(samples) / RATE
        unclear = Unclear(offset_s, end, decoded.text, decoded.no_speech, decoded.avg_logprob)
        return CarefulResult((), decoded.avg_logprob, decoded.no_speech, (unclear,))

    def _decode(
        self,
        samples: Samples,
        pad_s: float,
        *,
        beam: int,
        prompt: str = "",
        no_repeat: int = 0,
        give_way: Callable[[], None] = no_pause,
    ) -> _Decoded:
        """One pass of encoder and decoder over the samples and `pad_s` of silence, 30 s at the most."""
        encoded, frames = self._encode(samples, pad_s)
        give_way()
        start = self._start_tokens(prompt)
        longest = guards.longest_allowed(len(samples) / RATE)
        result = self._model.model.generate(
            encoded,
            [start],
            beam_size=beam,
            num_hypotheses=beam,
            no_repeat_ngram_size=no_repeat,
            max_length=min(self._model.max_length, len(start) + longest),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = [token for token in result.sequences_ids[0] if token < self._tokenizer.eot]
        length = len(result.sequences_ids[0])
        avg_logprob = result.scores[0] * length / (length + 1)  # with the end's token, as Whisper counts
        text = self._tokenizer.decode(tokens).strip()
        others = tuple(
            self._text(ids)
            for ids, score in zip(result.sequences_ids[1:], result.scores[1:], strict=True)
            if result.scores[0] * length - score * len(ids) < AS_LIKELY
        )
        return _Decoded(tokens, text, avg_logprob, result.no_speech_prob, encoded, frames, others)

    def _text(self, ids: Sequence[int]) -> str:
        return str(self._tokenizer.decode([token for token in ids if token < self._tokenizer.eot])).strip()

    def _encode(self, samples: Samples, pad_s: float) -> tuple[Any, int]:
        """The encoder's output for the samples with silence after them, and its length in frames."""
        length = min(round(FULL_WINDOW_S * RATE), len(samples) + round(pad_s * RATE))
        sound = np.zeros(length, dtype=np.float32)
        sound[: min(length, len(samples))] = as_floats(samples[:length])
        features = self._model.feature_extractor(sound)
        frames = length // (RATE // FRAMES_PER_S) // 2 * 2  # the encoder halves them
        return self._model.encode(features[:, :frames]), frames

    def _start_tokens(self, prompt: str) -> list[int]:
        tokens = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        if not prompt:
            return tokens
        before = self._tokenizer.encode(" " + prompt.strip())
        return [self._tokenizer.sot_prev, *before[-(self._model.max_length // 2 - 1) :], *tokens]

    def _words(
        self, decoded: _Decoded, speech_s: float, offset_s: float
    ) -> tuple[tuple[Word, ...], tuple[Unclear, ...]]:
        """The words that are believed, with their times, and the stretch that is not."""
        if not decoded.tokens:
            return (), ()
        if guards.is_guesswork(decoded.no_speech, decoded.avg_logprob):
            end = offset_s + speech_s
            return (), (Unclear(offset_s, end, decoded.text, decoded.no_speech, decoded.avg_logprob),)
        words = self._align(decoded)
        spoken_once = guards.without_echo(words, speech_s)
        if len(spoken_once) < len(words):  # the copies had a share of the times
            tokens = self._tokenizer.encode(" " + join_words(spoken_once))
            words = self._align(replace(decoded, tokens=tokens))
        kept = guards.without_invented_end(words, speech_s)
        return tuple(Word(w.text, offset_s + w.start, offset_s + w.end, w.probability) for w in kept), ()

    def _align(self, decoded: _Decoded) -> tuple[Word, ...]:
        """The words and when each was spoken, in seconds from the window's start."""
        from faster_whisper.transcribe import merge_punctuations

        tokens, encoded = [decoded.tokens], decoded.encoded
        aligned = self._model.find_alignment(self._tokenizer, tokens, encoded, decoded.frames)[0]
        merge_punctuations(aligned, PREPENDED, APPENDED)
        return tuple(earlier(word, ALIGNED_LATE_S) for word in glue(aligned))


def split(
    words: Sequence[Word], kept: Sequence[bool], decoded: _Decoded
) -> tuple[tuple[Word, ...], tuple[Unclear, ...]]:
    """The words that are kept, and each run of the others as a stretch that was not understood."""
    unclear = []
    for keep, run in groupby(zip(words, kept, strict=True), key=itemgetter(1)):
        if not keep:
            lost = [word for word, _ in run]
            stretch = (lost[0].start, lost[-1].end, join_words(lost))
            unclear.append(Unclear(*stretch, decoded.no_speech, decoded.avg_logprob))
    return tuple(compress(words, kept)), tuple(unclear)


def earlier(word: Word, by_s: float) -> Word:
    return replace(word, start=max(0.0, word.start - by_s), end=max(0.0, word.end - by_s))


def glue(aligned: Sequence[dict[str, Any]]) -> tuple[Word, ...]:
    """Join what Whisper prints without a space between: "20" and "%", "no" and "-show"."""
    words: list[Word] = []
    for item in aligned:
        text, start, end = item["word"], float(item["start"]), float(item["end"])
        probability = float(item["probability"])
        if not text.strip():
            continue
        if words and not text.startswith(" "):
            before = words.pop()
            text, start, probability = before.text + text, before.start, min(before.probability, probability)
        words.append(Word(text.strip(), start, end, probability))
    return tuple(words)
