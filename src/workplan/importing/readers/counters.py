"""A counter in the forms of numbers that programs compute (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from workplan.chinese import numerals

_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
#: Forms that have one character for each number, from 1 until they run out.
_SIGNS = {
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_HAN = frozenset({"chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand"}) | {
    "japaneseCounting",
    "koreanCounting",
}
#: Forms that put other digits in place of each.
_DIGITS = dict.fromkeys(
    ("ideographDigital", "taiwaneseDigital", "koreanDigital2"), "〇一二三四五六七八九"
) | dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), "０１２３４５６７８９")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ROMAN = {"M": 1000, "CM": 900, "D": 500, "CD": 400, "C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9} | {
    "V": 5,
    "IV": 4,
    "I": 1,
}
#: The greatest numbers that Chinese words and Roman letters are made for here, and the most letters in a row (a, …, z, aa).
_MOST_WORDED, _MOST_ROMAN, _MOST_LETTERS, _LETTERS = 9999, 3999, 40, 26


def worded(count: int, form: str) -> str:
    """The number in a form of Word's; in figures where the form is not known or has run out."""
    if count <= 0 or form in {"bullet", "none"}:
        return "0" if count == 0 and form == "decimal" else ""
    if form in _SIGNS:
        return _SIGNS[form][count - 1] if count <= len(_SIGNS[form]) else str(count)
    if form in _DIGITS:
        return _with_digits(count, _DIGITS[form])
    if count <= _MOST_WORDED and (form in _HAN or form == "chineseLegalSimplified"):
        return numerals.chinese(count) if form in _HAN else _formal(count)
    if form.startswith(("upper", "lower")):
        letters = _letters(count, form)
        return letters.lower() if form.startswith("lower") else letters
    return str(count).zfill(2) if form == "decimalZero" else str(count)


def _letters(count: int, form: str) -> str:
    if form.endswith("Letter") and count <= _MOST_LETTERS * _LETTERS:
        return chr(ord("A") + (count - 1) % _LETTERS) * ((count - 1) // _LETTERS + 1)
    return _roman(count) if form.endswith("Roman") and count <= _MOST_ROMAN else str(count)


def raised(count: int) -> str:
    """¹²³, as the mark of a note is printed."""
    return _with_digits(count, _RAISED)


def _with_digits(count: int, digits: str) -> str:
    return str(count).translate(str.maketrans("0123456789", digits))


def _formal(count: int) -> str:
    said = numerals.chinese(count)
    return ("一" + said if said.startswith("十") else said).translate(_FORMAL)


def _roman(count: int) -> str:
    said = ""
    for letters, amount in _ROMAN.items():
        said += letters * (count // amount)
        count %= amount
    return said
