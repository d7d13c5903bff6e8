"""The names of Unicode categories and scripts as Go compares them: one capital, no separators."""

from __future__ import annotations

#: Long names of general categories.
CATEGORY_ALIASES: dict[str, str] = {
    "Casedletter": "LC",
    "Closepunctuation": "Pe",
    "Cntrl": "Cc",
    "Combiningmark": "M",
    "Connectorpunctuation": "Pc",
    "Control": "Cc",
    "Currencysymbol": "Sc",
    "Dashpunctuation": "Pd",
    "Decimalnumber": "Nd",
    "Digit": "Nd",
    "Enclosingmark": "Me",
    "Finalpunctuation": "Pf",
    "Format": "Cf",
    "Initialpunctuation": "Pi",
    "Letter": "L",
    "Letternumber": "Nl",
    "Lineseparator": "Zl",
    "Lowercaseletter": "Ll",
    "Mark": "M",
    "Mathsymbol": "Sm",
    "Modifierletter": "Lm",
    "Modifiersymbol": "Sk",
    "Nonspacingmark": "Mn",
    "Number": "N",
    "Openpunctuation": "Ps",
    "Other": "C",
    "Otherletter": "Lo",
    "Othernumber": "No",
    "Otherpunctuation": "Po",
    "Othersymbol": "So",
    "Paragraphseparator": "Zp",
    "Privateuse": "Co",
    "Punct": "P",
    "Punctuation": "P",
    "Separator": "Z",
    "Spaceseparator": "Zs",
    "Spacingmark": "Mc",
    "Surrogate": "Cs",
    "Symbol": "S",
    "Titlecaseletter": "Lt",
    "Unassigned": "Cn",
    "Uppercaseletter": "Lu",
}

#: Scripts; which characters they hold is not in Python's library.
_SCRIPTS = """
Adlam Ahom Anatolianhieroglyphs Arabic Armenian Avestan Balinese Bamum Bassavah Batak Bengali
Beriaerfe Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadianaboriginal Carian
Caucasianalbanian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cyprominoan
Cyrillic Deseret Devanagari Divesakuru Dogra Duployan Egyptianhieroglyphs Elbasan Elymaic Ethiopic
Garay Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjalagondi Gurmukhi Gurungkhema Han Hangul
Hanifirohingya Hanunoo Hatran Hebrew Hiragana Imperialaramaic Inherited Inscriptionalpahlavi
Inscriptionalparthian Javanese Kaithi Kannada Katakana Kawi Kayahli Kharoshthi Khitansmallscript
Khmer Khojki Khudawadi Kiratrai Lao Latin Lepcha Limbu Lineara Linearb Lisu Lycian Lydian Mahajani
Makasar Malayalam Mandaic Manichaean Marchen Masaramgondi Medefaidrin Meeteimayek Mendekikakui
Meroiticcursive Meroitichieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nagmundari
Nandinagari Newa Newtailue Nko Nushu Nyiakengpuachuehmong Ogham Olchiki Oldhungarian Olditalic
Oldnortharabian Oldpermic Oldpersian Oldsogdian Oldsoutharabian Oldturkic Olduyghur Olonal Oriya
Osage Osmanya Pahawhhmong Palmyrene Paucinhau Phagspa Phoenician Psalterpahlavi Rejang Runic
Samaritan Saurashtra Sharada Shavian Siddham Sidetic Signwriting Sinhala Sogdian Sorasompeng Soyombo
Sundanese Sunuwar Sylotinagri Syriac Tagalog Tagbanwa Taile Taitham Taiviet Taiyo Takri Tamil Tangsa
Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Todhri Tolongsiki Toto Tulutigalari Ugaritic Vai
Vithkuqi Wancho Warangciti Yezidi Yi Zanabazarsquare
"""
SCRIPT_NAMES = frozenset(_SCRIPTS.split())
