"""All functions of Traefik's templates."""

from __future__ import annotations

import re
from collections.abc import Mapping

from traefik_lint.golang.template.builtins import BUILTINS
from traefik_lint.golang.template.functions import Function, function
from traefik_lint.golang.template.sprig import SPRIG, split
from traefik_lint.golang.template.values import StringList


def normalize(name: str) -> str:
    """Traefik's `normalize`: each run of characters that are no letters or digits becomes `-`."""
    return "-".join(re.findall(r"[^\W_]+", name))


FUNCTIONS: Mapping[str, Function] = {**BUILTINS, **SPRIG, "normalize": function("string", normalize)}

#: In files, `split` is Go's own: the text first, then the separator.
FILE_FUNCTIONS: Mapping[str, Function] = {
    **FUNCTIONS,
    "split": function("string string", lambda text, separator: StringList(split(separator, text))),
}

_OTHER_NAMES = """
abbrev abbrevboth add1f addf adler32sum ago all and any atoi b32dec b32enc base bcrypt biggest
buildCustomCert call camelcase ceil chunk clean concat date dateInZone dateModify date_in_zone
date_modify decryptAES deepCopy deepEqual derivePassword dig dir divf duration durationRound
encryptAES env expandenv ext float64 floor fromJson genCA genCAWithKey genPrivateKey
genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey getHostByName hello
htmlDate htmlDateInZone htpasswd initials isAbs js kebabcase kindIs kindOf maxf merge mergeOverwrite
minf mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst mustFromJson mustHas
mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll
mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse
mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify
now omit or osBase osClean osDir osExt osIsAbs pick pluck push randAlpha randAlphaNum randAscii
randBytes randInt randNumeric regexFind regexFindAll regexQuoteMeta regexReplaceAllLiteral regexSplit
round semver semverCompare seq sha1sum shuffle slice snakecase splitn subf swapcase toDate toDecimal
toJson toPrettyJson toRawJson typeIs typeIsLike typeOf unixEpoch unset untitle urlJoin urlParse uuidv4
values without wrap wrapWith
"""

#: Every function that Traefik's templates know, computed here or not.
FUNCTION_NAMES = frozenset(FUNCTIONS) | frozenset(_OTHER_NAMES.split())
