"""Words with times, and the utterances and sentences made of them: pure, and below everything else."""

from voicemock.transcript.sentences import SENTENCE_PAUSE_S, sentences_from_text, sentences_from_words
from voicemock.transcript.words import Doubt, Sentence, Utterance, Word, join_words

__all__ = [
    "SENTENCE_PAUSE_S",
    "Doubt",
    "Sentence",
    "Utterance",
    "Word",
    "join_words",
    "sentences_from_text",
    "sentences_from_words",
]
