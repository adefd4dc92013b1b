"""Mail addresses, phone numbers, accounts and names, in texts as students write them, in the languages of the schools."""

import pytest

from connector.cleaning import TextChecker, phone_regions
from tests.unit.cleaning.text.looking import found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("you can write me at maria.k@example.org, please", "maria.k@example.org"),
        ("MARIA_K+tips@Mail.Example.ORG", "MARIA_K+tips@Mail.Example.ORG"),
        ("mi correo es jgarcia09@gmail.com. gracias", "jgarcia09@gmail.com"),
        ("我的邮箱是maria@example.org谢谢", "maria@example.org"),
        ("بريدي maria@example.org", "maria@example.org"),
        ("\uff4d\uff41\uff52\uff49\uff41\uff20\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45\uff0e\uff4f\uff52\uff47", None),
        ("mar\u200bia@exam\u00adple.org", None),
        ("maria (at) example (dot) org", None),
        ("maria [at] example.org", None),
        ("maria@example . org", None),
        ("maria @ example.org", None),
        ("it is maria.k at gmail dot com ok?", "maria.k at gmail dot com"),
        ("maria.k arroba gmail punto com", None),
        ("maria.k arroba yahoo ponto com", None),
        ("maria.k arobase outlook point fr", None),
        ("mariak at gmail", None),
        ("maria собака yandex точка ru", None),
        ("иван@почта.рф", None),
        ("mailto:maria@example.org", "maria@example.org"),
        ("https://example.org/?email=maria%40example.com", None),
    ],
)  # fmt: skip
def test_mail_addresses(text: str, address: str | None) -> None:
    addresses = found(text, "email")
    assert len(addresses) == 1
    if address is not None:
        assert addresses == [address]
    elif "%40" not in text:
        assert addresses == [text]


@pytest.mark.parametrize(
    "text",
    [
        "meet @ 3pm",
        "look at me dot dot dot",
        "we were at school. org trip",
        "5 @ 2.50",
        "a@b",
        "@example.org",
    ],
)
def test_no_mail_addresses(text: str) -> None:
    assert found(text, "email") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call me 505-555-0142 after school", "505-555-0142"),
        ("my cell is (505) 555-0142.", "(505) 555-0142"),
        ("505.555.0142", "505.555.0142"),
        ("5055550142", "5055550142"),
        ("+1 505 555 0142", "+1 505 555 0142"),
        ("1-505-555-0142", "1-505-555-0142"),
        ("text 555-0142 ok", "555-0142"),
        ("llámame al 55 1234 5678 por favor", "55 1234 5678"),
        ("mi mamá: +52 55 1234 5678", "+52 55 1234 5678"),
        ("số của em là 0912 345 678", "0912 345 678"),
        ("sdt +84 91 234 56 78", "+84 91 234 56 78"),
        ("我的电话13812345678你打给我", "13812345678"),
        ("رقمي ٠٥٠١٢٣٤٥٦٧", "٠٥٠١٢٣٤٥٦٧"),
        ("هاتفي +966 50 123 4567", "+966 50 123 4567"),
        ("nimewo m se 509 3412 3456", "509 3412 3456"),
        ("mon numéro est le 06 12 34 56 78", "06 12 34 56 78"),
        ("06.12.34.56.78", "06.12.34.56.78"),
        ("meu zap (11) 91234-5678", "(11) 91234-5678"),
        ("text niyo ko 0917 123 4567", "0917 123 4567"),
        ("room 2 505-555-0142 10b", "505-555-0142"),
        ("мой номер 8 (912) 345-67-89", "(912) 345-67-89"),
        ("제 번호는 010-1234-5678이에요", "010-1234-5678"),
        ("lambarkaygu waa 061 234 5678", "061 234 5678"),
        ("\uff15\uff10\uff15\uff0d\uff15\uff15\uff15\uff0d\uff10\uff11\uff14\uff12", None),
        ("505\u200b555\u20600142", None),
        ("5\ufe0f\u20e30\ufe0f\u20e35\ufe0f\u20e3 555 0142", None),
        ("505\u2013555\u20130142", None),
        ("\U0001d7db\U0001d7d8\U0001d7db-555-0142", None),
    ],
)  # fmt: skip
def test_phone_numbers(text: str, number: str | None) -> None:
    assert found(text, "phone") == [number or text]


def test_several_numbers_in_a_row_are_several() -> None:
    assert found("505-555-0142 505-555-0199", "phone") == ["505-555-0142", "505-555-0199"]
    assert found("505-555-0142, 505-555-0199", "phone") == ["505-555-0142", "505-555-0199"]


def test_a_pasted_chat_has_the_numbers_and_not_the_times() -> None:
    chat = "[11/24/26, 10:31:05 PM] +1 505-555-0142: you are dead\n[24.11.2026, 22:32] +1 505-555-0199: lol\n"
    assert found(chat, "phone") == ["+1 505-555-0142", "+1 505-555-0199"]


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-11-24 at 10:30",
        "24.11.2026",
        "11/24/2026 and 11/24/26, 9:05:30",
        "case 1234-5678",
        "the years 2024-2025",
        "room 204, locker 1187, bus 66, grade 10",
        "call 911 or 112",
        "he stole $1,200,000 and \u20ac 20.000.000",
        "0000-1111-2222-3333-4444 is a code",
        "192.168.100.200",
        "35.08442, -106.65042",
        "1 2 3 4 5 6",
        "12345678901234567890123",
    ],
)
def test_no_phone_numbers(text: str) -> None:
    assert found(text, "phone") == []


def test_the_number_of_a_page_is_no_phone_number() -> None:
    assert found("https://x.com/jake/status/1234567890 and https://example.org/5055550142", "phone") == []


def test_numbers_are_read_in_the_countries_of_the_schools_first_and_then_of_the_languages() -> None:
    assert phone_regions((), ["en", "es"]) == ("US", "MX", "ES", "GT")
    assert phone_regions(["de", None, "US"], ["en", "pt-BR", "xx"]) == ("DE", "US", "BR", "PT")
    assert phone_regions(["XX"], []) == ("US",)
    assert phone_regions((), ["xx"]) == ("US",)
    # A number of eight digits is one in Norway and none in the United States.
    assert TextChecker(("US",)).warnings("ring 41 23 45 67") == ()
    assert [one.kind for one in TextChecker(("NO",)).warnings("ring 41 23 45 67")] == ["phone"]


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("write to @maria_k09 please", "@maria_k09"),
        ("my snap is maria.k and", "maria.k"),
        ("My Snapchat username is: mariakay", "mariakay"),
        ("add my insta bluebird_07", "bluebird_07"),
        ("my ig: bluebird", "bluebird"),
        ("snap = bluebird", "bluebird"),
        ("my username is bluebird", "bluebird"),
        ("hmu on sc kaylaa.xo", "kaylaa.xo"),
        ("búsquenme en insta como ximenita_t", "ximenita_t"),
        ("카톡 아이디 seoyeon0412", "seoyeon0412"),
        ("discord maria#4821", "maria#4821"),
        ("his tik tok is jake.99x", "jake.99x"),
        ("mi insta es jose.garcia", "jose.garcia"),
        ("mi usuario es josecito", "josecito"),
        ("mon snap c’est zoe_x", "zoe_x"),
        ("mon pseudo est zozo", "zozo"),
        ("meu insta é joao.silva", "joao.silva"),
        ("zalo của em là lanpham09", "lanpham09"),
        ("我的微信号是abc123", "abc123"),
        ("微信：bluebird", "bluebird"),
        ("سنابي maria_k", "maria_k"),
        ("حسابي انستا: bluebird", "bluebird"),
        ("snap mwen se jeanb", "jeanb"),
        ("instagram ko ay bluebird", "bluebird"),
        ("мой вк: bluebird", "bluebird"),
        ("мой ник bluebird77", "bluebird77"),
        ("제 인스타 아이디는 bluebird77", "bluebird77"),
        ("snapchat kayga waa bluebird", "bluebird"),
        ("https://www.instagram.com/maria.k/", "https://www.instagram.com/maria.k/"),
        ("snapchat.com/add/mariak", "snapchat.com/add/mariak"),
        ("https://www.tiktok.com/@maria.k?lang=en", "https://www.tiktok.com/@maria.k?lang=en"),
        ("https://www.facebook.com/profile.php?id=1000123", "https://www.facebook.com/profile.php?id=1000123"),
        ("https://api.whatsapp.com/send?phone=15055550142", "https://api.whatsapp.com/send?phone=15055550142"),
        ("https://t.me/mariak", "https://t.me/mariak"),
        ("https://www.reddit.com/user/mariak/", "https://www.reddit.com/user/mariak/"),
        ("@мария_к", "@мария_к"),
        ("他说@jake_99他打我", "@jake_99"),
    ],
)  # fmt: skip
def test_accounts(text: str, account: str) -> None:
    assert found(text, "handle") == [account]


@pytest.mark.parametrize(
    "text",
    [
        "see you @school @3pm @lunch",
        "my snap got leaked",
        "my insta is private",
        "the line is long, the signal is bad",
        "he posted it on tiktok yesterday",
        "my account was hacked",
        "discord is toxic and twitch is worse",
        "https://www.instagram.com/p/C1abc/ and https://www.tiktok.com/tag/fight",
        "https://www.instagram.com/",
        "he snapped. snap! oh snap",
        "mi cuenta fue hackeada",
    ],
)
def test_no_accounts(text: str) -> None:
    assert found(text, "handle") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, my name is Maria Kanarienvogel and I go to", "Maria Kanarienvogel"),
        ("my name is maria, im scared", "maria"),
        ("hey my name is maria lopez and i saw it", "maria lopez"),
        ("my name’s DeShawn O’Neil-Brown.", "DeShawn O’Neil-Brown"),
        ("I’m Maria from 10b", "Maria"),
        ("I am Jean-Luc, he hit me", "Jean-Luc"),
        ("this is Ann K.", "Ann K."),
        ("I am Mr. Smith and I teach here", "Mr. Smith"),
        ("he did it again\n\nThanks,\nMaria K.", "Maria K."),
        ("please do something\n- Maria", "Maria"),
        ("Me llamo José García y vi todo", "José García"),
        ("me llamo jose y", "jose"),
        ("Hola, soy Juan Carlos Pérez de la Cruz.", "Juan Carlos Pérez de la Cruz"),
        ("Tôi tên là Nguyễn Văn An, học lớp 10", "Nguyễn Văn An"),
        ("em ten la lan", "lan"),
        ("Con là Phạm Minh Khôi lớp 8A2", "Phạm Minh Khôi"),
        ("Em tên là Trần Thị Lan", "Trần Thị Lan"),
        ("我叫张伟，在十班", "张伟"),
        ("我叫张伟今年十五岁", "张伟"),
        ("老师好，我是王小明。", "王小明"),
        ("我的名字是 Maria Chen", "Maria Chen"),
        ("اسمي محمد علي وأنا طالب", "محمد علي"),
        ("مرحبا أنا اسمي فاطمة", "فاطمة"),
        ("Mwen rele Jean Baptiste epi mwen", "Jean Baptiste"),
        ("Mwen menm se Ketline, m nan klas", "Ketline"),
        ("C'est moi Amadou, appelez", "Amadou"),
        ("Aqui é a Larissa do 2o B", "Larissa"),
        ("Non mwen se Wideline", "Wideline"),
        ("Je m’appelle Zoé Dubois et je", "Zoé Dubois"),
        ("moi c'est kevin", "kevin"),
        ("Meu nome é João da Silva e vi", "João da Silva"),
        ("Oi, eu sou a Beatriz, do 9o ano", "Beatriz"),
        ("Ako po si Maria Santos, nakita ko", "Maria Santos"),
        ("ang pangalan ko ay jose", "jose"),
        ("Меня зовут Мария Иванова, я учусь", "Мария Иванова"),
        ("меня зовут маша", "маша"),
        ("제 이름은 김민수입니다.", "김민수"),
        ("저는 박지성이라고 합니다", "박지성"),
        ("안녕하세요 저는 이하은이에요", "이하은"),
        ("Magacaygu waa Faadumo Xasan iyo", "Faadumo Xasan"),
        ("\uff2d\uff59 name is M\u200baria", "M\u200baria"),
    ],
)  # fmt: skip
def test_names(text: str, name: str) -> None:
    assert found(text, "name") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "I am scared. I'm Scared! im not okay",
        "I AM BEING BULLIED EVERY DAY",
        "This is Important. This is Happening on Monday",
        "my name is not important",
        "his name is Jake Miller and he is mean",
        "Jake Miller hit Tom",
        "se llama Juan y me pega",
        "soy estudiante de decimo",
        "él se llama Carlos",
        "em là học sinh lớp 10",
        "我是高中生，他叫李雷",
        "我是他的同学",
        "أنا طالب في المدرسة",
        "Mwen se yon elèv",
        "je suis en 3e, il s'appelle Hugo",
        "Sou aluna do 9o ano",
        "ako po ay estudyante",
        "я ученица. его зовут Иван",
        "저는 학생입니다",
        "waxaan ahay arday",
        "he is in room 12\n- Tuesday",
        "",
    ],
)
def test_no_names(text: str) -> None:
    assert found(text, "name") == []


def test_most_tips_are_nothing_to_ask_about() -> None:
    for text in (
        "After football practice three boys from 10b wait for Jonas behind the gym. Yesterday they took his phone.",
        "Mr. Smith yells at us and threw a chair on 11/20. It happened in room 204 at 10:15.",
        "Ayer vi a Marcos con una navaja en el baño. Dijo que el viernes la va a usar.",
        "Hôm qua em thấy bạn Minh mang dao đến trường, trong cặp màu đen.",
        "昨天李雷带刀来学校，他说星期五要打韩梅梅。",
        "رأيت سكيناً في حقيبته. قال إنه سيستخدمها يوم الجمعة.",
        "Yè mwen wè Ricardo ak yon kouto nan twalèt la.",
        "Hier j'ai vu Hugo avec un couteau. Il a dit que vendredi il viendrait.",
        "Ontem vi o Pedro com uma faca. Ele disse que vai usar na sexta.",
        "Kahapon nakita ko si Mark na may dalang kutsilyo.",
        "Вчера я видел у Ивана нож. Он сказал, что в пятницу принесёт его.",
        "어제 철수가 칼을 가지고 온 것을 봤어요. 금요일에 쓰겠다고 했어요.",
        "Shalay waxaan arkay Axmed oo mindi sita.",
    ):
        assert found(text) == [], text


def test_what_is_inside_one_another_is_told_once() -> None:
    assert found("mail me: @maria.k or maria.k@example.org") == [
        "handle: @maria.k",
        "email: maria.k@example.org",
    ]
    assert found("zalo của em là 0912345678") == ["phone: 0912345678"]
