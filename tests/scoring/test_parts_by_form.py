"""Parts of a framework that the form of a sentence gives away, and sentences that only sound alike."""

import pytest

from voicemock.scoring.feedback.estimates import happened
from voicemock.scoring.findings.frameworks import joined, stated, turned_down
from voicemock.scoring.models.lexicon import pattern

SIZES = [
    "That makes 48,200 riders in each group.",
    "So we need 12 thousand visitors per variant.",
    "I get 0.9 over 0.00002, so about 45,000 an arm.",
]
NO_SIZES = [
    "It runs for about 3 weeks in each city.",
    "We give 50% of the traffic to each group.",
    "I'd send at least 2 emails to each group.",
]
CHECKS = [
    "Let me check this from a different angle, the number of bakers.",
    "From the other end: a factory ships 900 of these a day.",
    "A second check with rents: a stall pays 40 a day.",
    "The other side, demand: every third household owns one.",
    "Is that plausible for one street?",
    "Both ways end up near 70.",
    "I'll test it against what a bakery earns.",
]
NO_CHECKS = [
    "Half of the visitors walk in from the other side of the river.",
    "I'd check that with the finance team.",
    "On the other side of the market are the landlords.",
]
BREAKDOWNS = ["I'd divide them into pensioners, pupils and the rest.", "We cut it by how often they bake."]
NO_BREAKDOWNS = ["We cut it in half to be careful.", "People split the bill."]
BETS = [
    "I rank the price change first, because it hit everybody on one day.",
    "I'd put the strike ahead of the weather as it's nearer in time.",
    "I'd start with the new checkout since nothing else touched returning buyers.",
    "I'd begin with the second: it's the only one that explains the evenings.",
    "The one I'd test first is the supplier.",
    "My prime suspect is the login page.",
    "Five causes, by likelihood.",
]
NO_BETS = [
    "I'd start with the data because I don't trust it.",
    "I put customers first since we live off them.",
    "I'd start with asking when it began, because that rules out most of it.",
    "I'd start with the funnel as soon as I have the logs.",
]
SPLITS = [
    "Then I split it by store and weekday.",
    "Next, by supplier.",
    "Split by age and by shop.",
    "Splits: language, plan, phone.",
]
NO_SPLITS = ["It could be caused by a strike, a sale or a storm.", "By Monday, we know more."]
STEPS = [
    "If it's the form, we roll the release back.",
    "The remedy, if it's the supplier: buy from the second one for a month.",
    "If I'm right: free delivery for the east side for two weeks.",
    "If returns fall from 9% to 7% in a month, we ship it to all.",
]
NO_STEPS = ["If it's raining, fewer people come.", "If that's right, the counter is off."]
STARTS = [
    "Did they leave all at once or slowly?",
    "I'd compare it with three earlier quarters.",
    "Returns went from 4% to 9% over 5 weeks.",
]
NO_STARTS = ["Returns cost us 9% of sales.", "I'd compare it with the other shops."]
GIVEN_UP = [
    "The map may lag by a minute, and I'd live with that.",
    "I'd cut the free trial and give up about 3% of sign-ups.",
    "We'd sacrifice 12% of the range.",
    "With one copy we risk a stale price.",
]
NOTHING_GIVEN_UP = ["They accept cards and cash.", "The risk of fraud is known.", "I accept that as a given."]

CHOICES = [
    "I'd make the night bus, because nobody else runs after one.",
    "I'd open the small halls first, since they need no licence.",
    "The ticket that waits wins because it needs no printer.",
]
NO_CHOICES = ["I'd make three of them.", "I'd pick pensioners first, because they have time."]
LIMITS = [
    "Would you mind if we leave the payments out?",
    "Is it okay if I focus on the driver's half of it?",
    "Do you mind if I just skip the login?",
]
NO_LIMITS = ["Would you mind if I open a window?", "Is it okay if people leave a review later?"]
TABLES = [
    "There'd be an order id and the time of pickup.",
    "There will be a table for stops.",
    "Every row has its own owner and a state.",
]
NO_TABLES = ["There is a key reason for that.", "There's a table in the corner.", "Every driver has a phone."]
PICKS = [
    "The number I'd go with is meals cooked per week.",
    "If I had to keep a single figure, it'd be bikes mended a day.",
    "I'd judge all of it by the share of letters that get answered.",
    "My pick is the number of nights that are really slept.",
    "What I'd put on the wall is lessons finished a week.",
]
NO_PICKS = [
    "The one I pick is the blue one by the canal.",
    "If I had to pick a town, it'd be Leeds.",
    "I'd judge it later, when we know more.",
    "My choice is the commuters, who are always late.",
    "What I'd put on the wall is a map.",
]
FORMS = [
    ("metric-definition", "north_star", PICKS, NO_PICKS),
    ("product-sense", "clarify", LIMITS, NO_LIMITS),
    ("system-design", "scope", LIMITS, NO_LIMITS),
    ("system-design", "data_model", TABLES, NO_TABLES),
    ("product-sense", "prioritise", CHOICES, NO_CHOICES),
    ("ab-test", "sample_size", SIZES, NO_SIZES),
    ("estimation", "sanity_check", CHECKS, NO_CHECKS),
    ("estimation", "breakdown", BREAKDOWNS, NO_BREAKDOWNS),
    ("root-cause", "hypothesis", BETS, NO_BETS),
    ("root-cause", "segments", SPLITS, NO_SPLITS),
    ("root-cause", "next_step", STEPS, NO_STEPS),
    ("root-cause", "timeline", STARTS, NO_STARTS),
    ("metric-definition", "tradeoff", GIVEN_UP, NOTHING_GIVEN_UP),
    ("system-design", "tradeoffs", GIVEN_UP, NOTHING_GIVEN_UP),
    ("product-sense", "tradeoff", GIVEN_UP, NOTHING_GIVEN_UP),
]


@pytest.mark.parametrize(
    ("name", "part", "sentence"), [(name, part, text) for name, part, done, _ in FORMS for text in done]
)
def test_a_sentence_that_does_the_part_is_seen(name, part, sentence):
    assert stated(sentence, name, part)


@pytest.mark.parametrize(
    ("name", "part", "sentence"), [(name, part, text) for name, part, _, other in FORMS for text in other]
)
def test_a_sentence_that_only_sounds_like_it_is_not(name, part, sentence):
    assert not stated(sentence, name, part)


@pytest.mark.parametrize(
    ("name", "part", "first", "second", "done"),
    [
        ("system-design", "tradeoffs", "The trade-off is a new map against power.", "I choose power.", True),
        ("product-sense", "tradeoff", "So the trade-off here is speed or care.", "We'd give up some speed.", True),
        ("product-sense", "tradeoff", "There's always a trade-off against time.", "The bus has two doors.", False),
        ("product-sense", "clarify", "I assume one town, and I leave out schools.", "The goal is fewer cars.", True),
        ("product-sense", "clarify", "The goal is fewer cars.", "Schools are full of them.", False),
    ],
)  # fmt: skip
def test_two_sentences_can_do_a_part_together(name, part, first, second, done):
    assert joined((first, second), name, part) is done


@pytest.mark.parametrize(
    ("sentence", "heard"),
    [
        ("If the share is only 20%, 300 ovens are enough.", True),
        ("At 4 loaves it'd be 600 ovens.", True),
        ("With 30% we're at 800.", True),
        ("If it is raining, fewer people come.", False),
        ("They open at 9 and close at 5.", False),
    ],
)
def test_an_input_set_at_another_value_is_heard(sentence, heard):
    assert bool(pattern("gaps", "varied").search(sentence)) is heard


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The fare dropped by 12%.", True),
        ("So the bill rose from 40 to 46, up 15%.", True),
        ("If visits fall another 8%, we close the branch.", True),
        ("If visits fall another 8%, I'd close the branch.", True),
        ("I'd want returns at 6%.", False),
        ("Sales fell last year and the target is 10%.", False),
        ("Open letters under 5% by June.", False),
    ],
)
def test_a_change_that_is_told_is_no_target(sentence, told):
    assert happened(sentence) is told


@pytest.mark.parametrize(
    "said",
    [
        ("I looked at bounces too.", "They say nothing about the cooking, so I leave them out."),
        (
            "Most people would take the length of a visit.",
            "I wouldn't trust it, since lost people stay longest.",
        ),
        ("I considered daily actives, but nobody needs a tax form every day, so I drop it.",),
        ("The mark on the app store came to mind as well.", "It comes too late to act on."),
        ("One could count downloads.", "That's a vanity figure, they're bought."),
    ],
)
def test_a_metric_that_is_raised_and_dismissed_is_turned_down(said):
    assert turned_down(said) == [True] * len(said)


@pytest.mark.parametrize(
    "said",
    [
        ("I also thought about repeat visits.", "I'd track them each month as the second number."),
        ("I considered stars at first, and I'd keep them as a guardrail.",),
        ("Below it I'd watch how many come back in a week.", "It's early and it's easy to count."),
        ("Cancellations must not go over 3 percent.", "I don't want angry people in the queue."),
        ("I thought about who pays.", "The landlord does."),
    ],
)
def test_a_metric_that_is_raised_and_kept_is_not(said):
    assert not any(turned_down(said))
