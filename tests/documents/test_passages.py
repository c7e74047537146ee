"""Passages in the person's language are marked in each format, and nothing else is (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pikepdf
import pytest

from tests.builders import case
from workbook.documents import export, passages
from workbook.documents.summary import parts

DAY = dt.date(2026, 11, 22)
WORDS = {
    "Spanish": ("es", "Quiero saber si me tienen que operar la rodilla ya o si puedo esperar."),
    "Kreyòl": ("ht", "Mwen pa vle operasyon an si li pa nesesè, paske mwen gen anpil doulè."),
    "tiếng Việt": ("vi", "Tôi bị đau đầu gối và không muốn mổ."),
    "Tagalog, some English": ("tl", "Masakit ang tuhod ko at hindi ako makalakad nang matagal."),
    "Português": ("pt", "Não quero a cirurgia se há outra opção para o meu joelho."),
    "French": ("fr", "Je ne veux pas une opération si je peux attendre avec mon genou."),
    "German": ("de", "Ich will wissen, ob die Operation jetzt nötig ist oder nicht."),
    "polski": ("pl", "Nie chcę operacji, jeśli mogę jeszcze poczekać, bo już jest mi lepiej."),
    "Italian": ("it", "Il dolore non è più forte, ma ho paura di una operazione."),
    "Mandarin": ("zh", "我想知道现在是否必须做膝盖手术。"),
    "Korean": ("ko", "지금 무릎 수술을 꼭 해야 하는지 알고 싶습니다."),
    "Russian": ("ru", "Я хочу знать, нужна ли мне операция сейчас."),
    "Ukrainian": ("uk", "Я хочу знати, чи потрібна мені операція зараз."),
    "Farsi": ("fa", "می‌خواهم بدانم آیا زانو باید الان عمل شود."),
    "Hindi": ("hi", "मैं जानना चाहता हूँ कि क्या घुटने का ऑपरेशन ज़रूरी है।"),
    "Arabic": ("ar", "أريد أن أعرف هل أحتاج إلى عملية في الركبة الآن."),
    "Hebrew": ("he", "אני רוצה לדעת אם צריך לנתח את הברך עכשיו."),
}
ENGLISH = (
    "I want to know whether the knee must be replaced now.",
    "Dr. María de la Cruz Invented, Los Angeles",
    "Hospital de la Fábula",
    "non-smoker, 1 pack per day until 2019",
    "MRI of the left knee",
    "St. Louis",
    "La Jolla Made-Up Clinic",
    "",
)


@pytest.mark.parametrize("language", WORDS)
def test_a_passage_is_told_from_english(language: str) -> None:
    code, own = WORDS[language]
    assert passages.spoken(language) == code
    assert passages.is_in(own, code)
    assert [text for text in ENGLISH if passages.is_in(text, code)] == []


@pytest.mark.parametrize("language", ["", "English", "en", "Klingon", "names", "(none)"])
def test_without_another_language_the_tree_is_the_same(language: str) -> None:
    tree = [{"k": "para", "c": [{"t": WORDS["Spanish"][1]}]}]
    assert passages.marked(tree, language) is tree


def _html(told: bytes) -> set[str]:
    return set(re.findall(r'<span lang="(.*?)">', told.decode()))


def _pdf(told: bytes) -> set[str]:
    with pikepdf.open(io.BytesIO(told)) as file:
        pages = (page.Contents.read_bytes() for page in file.pages)
        return {found.decode() for told in pages for found in re.findall(rb"/Lang ?\((\w+)\)", told)} - {"en"}


def _word(told: bytes) -> set[str]:
    body = zipfile.ZipFile(io.BytesIO(told)).read("word/document.xml").decode()
    return set(re.findall(r'<w:lang w:(?:val|bidi)="(.*?)"/>', body))


READ = {"html": _html, "pdf": _pdf, "docx": _word}


@pytest.mark.parametrize(("form", "language"), [(form, one) for form in READ for one in ("Spanish", "Farsi")])
def test_each_format_says_which_language_a_quotation_is_in(form: str, language: str) -> None:
    code, own = WORDS[language]
    quoted = case(person__language=language, goal__own_words=own)
    told = export.make(quoted, "summary", form, DAY, reader="clinician")
    assert READ[form](told) == {code}
    english = case(person__language=language)
    assert READ[form](export.make(english, "summary", form, DAY, reader="clinician")) == set()


def test_a_part_in_a_notebook_says_it_too() -> None:
    code, own = WORDS["Spanish"]
    made = parts.part(case(person__language="Spanish", goal__own_words=own), "goal", DAY)
    assert f'<span lang="{code}">' in made._repr_mimebundle_()["text/html"]
