"""The same story without a number in languages that espeak-ng has a voice for: its voice, then the words."""

STORIES = {
    "Swedish": (
        "sv",
        "Förra året var kunderna missnöjda med vår butik, och jag ville förstå varför. Jag ringde "
        "till dem en efter en och lyssnade på vad de sade.",
    ),
    "Hungarian": (
        "hu",
        "Tavaly az ügyfelek elégedetlenek voltak a boltunkkal, és meg akartam érteni az okát. "
        "Egyenként felhívtam őket, és meghallgattam, mit mondanak.",
    ),
    "German": (
        "de",
        "Letztes Jahr waren die Kunden mit unserem Laden unzufrieden, und ich wollte verstehen, "
        "warum. Ich rief sie einen nach dem anderen an und hörte ihnen zu.",
    ),
    "French": (
        "fr",
        "L'année dernière, les clients étaient mécontents de notre magasin, et je voulais "
        "comprendre pourquoi. Je les ai appelés un par un et j'ai écouté ce qu'ils disaient.",
    ),
    "Spanish": (
        "es",
        "El año pasado los clientes estaban descontentos con nuestra tienda, y yo quería entender "
        "por qué. Los llamé uno por uno y escuché lo que decían.",
    ),
    "Italian": (
        "it",
        "L'anno scorso i clienti erano scontenti del nostro negozio, e io volevo capire perché. Li "
        "ho chiamati uno per uno e ho ascoltato quello che dicevano.",
    ),
    "Portuguese": (
        "pt",
        "No ano passado os clientes estavam descontentes com a nossa loja, e eu queria entender "
        "porquê. Liguei a cada um deles e ouvi o que diziam.",
    ),
    "Dutch": (
        "nl",
        "Vorig jaar waren de klanten ontevreden over onze winkel, en ik wilde begrijpen waarom. Ik "
        "belde ze een voor een op en luisterde naar wat ze zeiden.",
    ),
    "Polish": (
        "pl",
        "W zeszłym roku klienci byli niezadowoleni z naszego sklepu, a ja chciałem zrozumieć "
        "dlaczego. Dzwoniłem do nich po kolei i słuchałem, co mówią.",
    ),
    "Czech": (
        "cs",
        "Loni byli zákazníci nespokojení s naším obchodem a já jsem chtěl pochopit proč. Volal jsem "
        "jim jednomu po druhém a poslouchal, co říkají.",
    ),
    "Danish": (
        "da",
        "Sidste år var kunderne utilfredse med vores butik, og jeg ville forstå hvorfor. Jeg "
        "ringede til dem en efter en og lyttede til, hvad de sagde.",
    ),
    "Norwegian": (
        "nb",
        "I fjor var kundene misfornøyde med butikken vår, og jeg ville forstå hvorfor. Jeg ringte "
        "til dem en etter en og lyttet til hva de sa.",
    ),
    "Finnish": (
        "fi",
        "Viime vuonna asiakkaat olivat tyytymättömiä kauppaamme, ja halusin ymmärtää miksi. Soitin "
        "heille yksi kerrallaan ja kuuntelin, mitä he sanoivat.",
    ),
    "Turkish": (
        "tr",
        "Geçen yıl müşteriler mağazamızdan memnun değildi ve ben nedenini anlamak istedim. Onları "
        "tek tek aradım ve söylediklerini dinledim.",
    ),
    "Russian": (
        "ru",
        "В прошлом году покупатели были недовольны нашим магазином, и я хотел понять почему. Я "
        "звонил им одному за другим и слушал, что они говорят.",
    ),
    "Greek": (
        "el",
        "Πέρυσι οι πελάτες ήταν δυσαρεστημένοι με το κατάστημά μας και ήθελα να καταλάβω γιατί. "
        "Τους τηλεφώνησα έναν έναν και άκουσα τι έλεγαν.",
    ),
    "Romanian": (
        "ro",
        "Anul trecut clienții erau nemulțumiți de magazinul nostru, iar eu voiam să înțeleg de ce. "
        "I-am sunat unul câte unul și am ascultat ce spuneau.",
    ),
    "Indonesian": (
        "id",
        "Tahun lalu pelanggan tidak puas dengan toko kami, dan saya ingin mengerti mengapa. Saya "
        "menelepon mereka satu per satu dan mendengarkan apa yang mereka katakan.",
    ),
    "Hindi": (
        "hi",
        "पिछले साल ग्राहक हमारी दुकान से नाराज़ थे, और मैं समझना चाहता था कि क्यों। मैंने उन्हें एक "
        "एक करके फ़ोन किया और उनकी बात सुनी।",
    ),
    "Mandarin": ("cmn", "去年顾客对我们的商店不满意,我想知道为什么。我一个一个地给他们打电话,听他们说什么。"),
    "Vietnamese": (
        "vi",
        "Năm ngoái khách hàng không hài lòng với cửa hàng của chúng tôi, và tôi muốn hiểu tại sao. "
        "Tôi gọi cho từng người và lắng nghe họ nói.",
    ),
    "Swahili": (
        "sw",
        "Mwaka jana wateja hawakuridhika na duka letu, na nilitaka kuelewa kwa nini. Niliwapigia "
        "simu mmoja mmoja na kusikiliza walichosema.",
    ),
    "Ukrainian": (
        "uk",
        "Минулого року покупці були незадоволені нашим магазином, і я хотів зрозуміти чому. Я "
        "телефонував їм одному за одним і слухав, що вони кажуть.",
    ),
}
