"""Practice implications that only say what should be done, and name no action of anybody's.

"Water should be given in the evening" leaves open who does what. The section is what readers came for: it should tell
them, in at least one sentence, what to do ("Water in the evening") or what somebody can do ("Gardeners can ..."). Only
texts in English are looked at.

Passes:

    Water in the evening. In a dry spring, beds should be covered early.

Fails:

    Evening watering should be considered. More attention to mulch is warranted.
"""

import re
from collections.abc import Iterator

from digest.check.context import Context
from digest.check.implications import find_implications, implications_headings
from digest.check.sentences import iter_sentences
from digest.model.entry import Entry
from digest.model.lookup import Document
from digest.problem import Problem, Severity, Span

SEVERITY = Severity.ADVICE
MODAL = r"(?:should|must|may|might|can|could|ought\s+to|needs?\s+to|has\s+to|have\s+to)"
ADVERB = r"(?:(?:not|also|always|never|only|\w+ly)\s+)*"
DONE = r"(?:\w+ed|\w+en|made|paid|kept|given|sought|taught|held|done|put|told|built)"
SAID = (
    *("recommended", "advised", "suggested", "warranted", "needed", "required", "indicated", "encouraged"),
    *("essential", "important", "advisable", "necessary"),
)
PASSIVE = re.compile(
    rf"\b(?:{MODAL}\s+{ADVERB}be\s+{ADVERB}{DONE}\b|(?:is|are)\s+(?:\w+ly\s+)?(?:{'|'.join(SAID)})\b)(?!\s+by\b)",
    re.IGNORECASE,
)
# Rarely needed, and so compiled when they are:
ACTIVE = rf"(?i)\b{MODAL}\s+{ADVERB}(?!be\b|have\b|not\b)[a-z]+"
"""Somebody can or should do something; `It may help` is one too, and spares the writer an advice."""
CLAUSE = r"(?i)(?:if|when|where|before|after|while|until|once|with|for|in|at|as|to)\b[^,]*,\s*"
FINITE = (
    r"(?i)\b(?:is|are|was|were|has|have|had|does|did|do|seems?|remains?|means?|shows?"
    r"|should|must|may|might|can|could)\b"
)
NOT_A_VERB = (
    r"(?i)(?:the|an?|this|that|these|those|it|there|they|we|he|she|its|their|our|his|her|such|more|most|many|some|all"
    r"|both|no|any|each|every|other|further|future|what|who|which|how|why|\w+(?:ing|tion|ness|ment|ity|ies))\b"
)
NEGATED = r"(?i)(?:do not|don[’']t|never|please|always)\s+"


def check_document(context: Context, document: Document) -> Iterator[Problem]:
    """Look at entries."""
    if not isinstance(document, Entry) or not context.library.configuration.digest.language.startswith("en"):
        return
    body = document.body
    index = find_implications(body, implications_headings(context.library.configuration))
    if index is None:
        return
    section = body.sections[index].span
    start, end = section.start - body.offset, section.end - body.offset
    passive = _find_passive(body.text, start, end)
    sentences = (body.text[begin:last] for begin, last in iter_sentences(body.text, start, end))
    if passive is not None and not any(_names_an_action(sentence) for sentence in sentences):
        yield Problem(
            "practice-implications-passive",
            SEVERITY,
            Span(body.path, body.offset + passive.start(), body.offset + passive.end()),
            f"no sentence here names an action: '{' '.join(passive[0].split())}' leaves open who does what",
            fix="tell readers in one sentence what to do, or what somebody can do",
        )


def _find_passive(text: str, start: int, end: int) -> re.Match[str] | None:
    words = text[start:end].lower()
    if " be" not in words and not any(word in words for word in SAID):  # a quick look
        return None
    return PASSIVE.search(text, start, end)


def _names_an_action(sentence: str) -> bool:
    """Whether it asks for something ("Water ...", "If it is dry, water ...") or says what somebody can do."""
    if re.search(ACTIVE, sentence):
        return True
    rest = re.sub(CLAUSE, "", sentence.lstrip("*_\"'“‘("), count=1)
    if re.match(NEGATED, rest):
        return True
    main = rest.partition(",")[0].partition(" that ")[0].partition(" if ")[0].partition(" when ")[0]
    return not re.match(NOT_A_VERB, main) and not re.search(FINITE, main)
