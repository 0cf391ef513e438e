"""Kinds of answers that were misread: long talk about a subject, and stories of what others did wrong."""

import re

import pytest

from voicemock.scoring.assemble import score_answer
from voicemock.scoring.findings.annotate import annotate
from voicemock.scoring.model import Answer
from voicemock.transcript import Sentence

LENGTH = [
    (
        "product-sense",
        "What would you build for people who sing?",
        "Singing is an old thing, older than writing. Every village had a choir once. Some still do. There "
        "are church choirs, and there are those who meet in a pub. My aunt sang alto for thirty years. She "
        "drove to the next town for it. They sang the same five pieces, I believe. Then there is karaoke, "
        "which is huge in Asia. There are machines in every mall over there. You go in, you pick a song, you "
        "sing, and you go home. In Europe it's more of a party thing. Schools used to have music on Mondays. "
        "That has become less. Teachers are missing, I read. Then there are the shows on television. People "
        "watch those and they sing in the shower. Phones can record everything now. The sound isn't bad at "
        "all. Sheet music is another market, and a strange one. Publishers sit on rights that nobody "
        "remembers. You buy a score, you copy it, you lose it. Some things are free on the internet. Others "
        "cost a lot. Voice teachers charge by the hour. The good ones are booked for months. Singers get "
        "older, like all of us. The young ones move away to study. So there's the whole thing, from the child "
        "that hums to the old man in the back row. It's emotional. It's also physical, you need breath. "
        "Doctors say that it is healthy. I find that part fascinating. It could be a big space. It's hard to "
        "say where it goes. Covid was bad for it, obviously. It's coming back a little. I'd want to read more "
        "about it. So yes, singing.",
    ),
    (
        "product-sense",
        "Design something for allotment gardeners.",
        "Gardens are wonderful. I grew up next to one. There's a shed on most of them. In the shed you find "
        "tools that nobody has used for years. Soil differs a lot from place to place. In the north it's "
        "peat. In the east it's sand. Then there's water, which isn't free everywhere. Some clubs have a pump "
        "and some have a tap. People get up early there. You see them with their coffee. They talk about "
        "slugs. Slugs are a topic everywhere. Then come the tomatoes, and the beans. In August there's too "
        "much of everything. You give it to your neighbours. They give you theirs. The waiting lists in the "
        "cities are long. In the villages plots are empty. Seeds are sold in every supermarket. The big firms "
        "own most of the seeds. Some people swap old sorts. There are laws about it, I think. Then there's "
        "the committee, and there's always a committee. They have rules about the height of the hedge. My "
        "father hated the hedge rule. Winters are quiet. You mend the fence and you wait. Climate changes it "
        "all. There are figs in places where there weren't any. The market must be large. Many people spend "
        "money on it. I don't know how much. It's green, it's slow, and it's nice. That's how I see gardens.",
    ),
    (
        "analytical",
        "What metrics would you look at for a ferry booking site?",
        "Ferries are a funny business. There are islands that have no bridge. People there need to get to the "
        "mainland. Some go to school by boat. The companies are old and often run by a family. Then there are "
        "tourists in the summer. They come with cars and dogs. The dogs need a place too. Prices go up in "
        "July and nobody is surprised. You can buy a ticket at the harbour. You can also buy it on the web. "
        "The web pages are mostly from 2009. There are sites that collect them all. They take a commission, I "
        "guess. Weather matters a lot on the sea. When it storms, nothing goes. Then everybody calls. The "
        "phone lines are full. I was once stuck for two days in a harbour. We played cards with a truck "
        "driver. Truck drivers are a big part of it. They have their own deck. Freight brings the money, "
        "someone told me. The crew works two weeks on and two weeks off. Ships get older and the rules get "
        "stricter. Diesel is a topic. There are electric ferries in Norway. They charge while they unload. "
        "That's clever. So it's a market with many sides. Islands, tourists, trucks, and the state pays too. "
        "The numbers must be somewhere. One would have to look at all of that. I think data is important "
        "here.",
    ),
    (
        "system-design",
        "Design a system for lending library books.",
        "Libraries have been around for ages. In the old days there was a card in each book. You signed it "
        "and they stamped it. I liked the stamp. Today there's a gate that beeps. Books get stolen anyway. "
        "The shelves are full and the basement is fuller. Some libraries have cafes. Students sit there for "
        "the wifi. They don't borrow a thing. There are big ones in the capitals with marble. There are small "
        "ones in a bus. The bus came to us on Wednesdays. Children's books wear out first. Crime novels are "
        "the most loved. Then there are e-books, and nobody understands the licences. Publishers don't like "
        "them. The budget gets cut every year. Librarians are lovely people. They know where everything is. "
        "Machines can do a part of it by now. In Denmark some are open without any staff. You come in with a "
        "card at night. It's quiet there, they say. Computers changed the whole field. Everything is "
        "connected now. The internet made reading different. My kids read on their phones. It's not the same "
        "as paper. But it's something. There are many opinions about that. A library is also a meeting place. "
        "You meet people. So technology should help there. It's a broad subject, and an important one.",
    ),
    (
        "product-sense",
        "How would you improve train travel?",
        "I travel by train a lot, so I know it. The stations are huge and cold. There is always somebody "
        "running. The boards show delays and then the delays change. You stand there and you look up. The "
        "announcements echo. Coffee is expensive. Then the train comes and the coaches are in another order. "
        "People walk along the platform. They carry bikes. The bikes have their own places and those are "
        "full. Inside it's warm at least. There are quiet coaches that are loud. There's a restaurant that's "
        "closed. Families have a room with a small slide. I think that's sweet. Commuters sleep. They have "
        "seen it all. Tickets are a science. There are hundreds of fares. My neighbour has a card for "
        "everything. Students have another one. The app is fine, I'd say. The site is less fine. In Japan "
        "everything is on time. In Switzerland nearly. Here it's a joke at parties. It comes down to the "
        "tracks, as I hear. Tracks take decades. So it's a system where everything hangs together. The state, "
        "the firm, the people, the weather. It's really complex. One doesn't know where to begin. But trains "
        "are the future, I'm sure.",
    ),
]
WENT_WRONG = "Tell me about a project that did not go well."
OTHERS_FAULT = [
    (
        "The reopening was a mess since the builders were weeks behind. The architect never answered a single "
        "mail. Our landlord blocked the signs and the bank dragged its feet. So visitors fell from 800 a week "
        "to 150, and we lost 90,000 euros. I warned all of them. If they'd listened, it would've been fine."
    ),
    (
        "The chef ruined it, to be honest. He ignored the menu that we had agreed on. The waiters were "
        "useless, and the owner never backed me. Bookings went from 60 a night to 20 within a month. I said "
        "it would end like that. Nobody wanted to hear it."
    ),
    (
        "Purchasing bought the wrong yarn. The mill delivered late, as always. Complaints rose from 4 percent "
        "to 17 percent and we had to take back 3,000 jumpers. I'd told them so in May. It wasn't my fault."
    ),
    (
        "The last supplier dropped the ball and the warehouse sat on our pallets for a month. Sales didn't "
        "help either. Returns tripled and it cost us 400,000 pounds. My director was asleep at the wheel. "
        "There was nothing that I could do."
    ),
    (
        "IT was slow and the vendor kept missing dates. The board overruled us twice. Membership dropped from "
        "12,000 to 7,000. They should have asked us. I kept telling people."
    ),
]
OWN_PART = [
    (
        "I opened the second bakery too early. I had counted the people in the street and not the ones who "
        "buy bread. Sales fell from 900 loaves a day to 500 within two months, and we lost 60,000 euros. I "
        "closed it in March and I called each of the four people whom I had hired. I found two of them a job "
        "with a friend. Since then I ask thirty people what they eat for breakfast before I sign a lease. The "
        "third shop has made money since its second month."
    ),
    (
        "Engineering was late with the scanner, and that was on me. I had promised the date without asking "
        "them. The pilot slipped nine weeks and two of our seven hospitals left. I went to see both and I "
        "told them what had happened. I cut the scope to the one screen that the porters needed. One of them "
        "came back in the autumn. I now ask before I promise."
    ),
    (
        "The vendor dropped the ball on our tills. I had picked them, so I went to their office and stayed "
        "there for three days. I wrote the list of what had to work by Friday, and I moved our own two "
        "technicians over. The queue was 40 minutes on the first day and 6 on the third. We lost about 12,000 "
        "euros in all. I learned to test with a full shop."
    ),
    (
        "We sold a heater that broke in its first winter. I stopped the sales the day I saw the third report, "
        "against my boss. I rang all 41 buyers and drove out to nine of them. Returns went from 2 percent to "
        "11 percent, and it cost us 30,000 euros. I found that the valve froze and had it changed. In the "
        "next winter it was 1 percent. I learned to test in the cold."
    ),
    (
        "Guests waited 25 minutes for a key, and several told me that they were furious. I was asked to bring "
        "it under 10. I put a machine at the door and I trained four people to help. Waiting went down from "
        "25 minutes to 6. Complaints fell by half in a month. I learned to stand at the desk before I change "
        "it."
    ),
]


def sentences_of(text):
    return re.split(r"(?<=[.?]) ", text)


def scored(text, question=WENT_WRONG):
    return score_answer(Answer(tuple(map(Sentence, sentences_of(text))), "behavioral", question))


@pytest.mark.parametrize(("round_", "question", "text"), LENGTH)
def test_forty_sentences_about_a_subject_cover_no_part(round_, question, text):
    framework = annotate(sentences_of(text), round_, question=question, told=True).framework
    assert [part for part, covered in framework.parts.items() if covered] == []


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (
            "ideas",
            "The first idea is a shared cellar. Or a bench with a number on it, so that people book a seat.",
        ),
        ("ideas", "I'd make a card that tells them when the sea is calm. Another one is a bell at the door."),
        ("user", "I'd pick widowers, because they eat alone. They need a reason to leave the house."),
    ],
)
def test_a_part_that_is_done_in_few_words_is_covered(part, text):
    asked = "What would you build for old people in a harbour town?"
    framework = annotate(sentences_of(text), "product-sense", question=asked, told=True).framework
    assert framework.parts[part]


@pytest.mark.parametrize("text", OTHERS_FAULT)
def test_a_story_of_what_others_did_wrong_is_not_ones_own(text):
    score = scored(text)
    assert [check.kind for check in score.checks] == ["not-yours"]
    assert score.overall <= 2.0 and score.strength is None


@pytest.mark.parametrize("text", OWN_PART)
def test_a_failure_in_which_one_acted_is(text):
    assert scored(text).checks == ()
