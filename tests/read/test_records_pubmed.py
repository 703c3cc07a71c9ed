"""PubMed's two formats, which say the same."""

import pytest

from digest.model.reference import DateParts, Name
from digest.read.records import Record, Refused, iter_records

NBIB = """
PMID- 123
OWN - NLM
IS  - 0022-0167 (Print)
IS  - 1939-2168 (Electronic)
VI  - 12
IP  - 3
DP  - 2012 Oct-Nov
TI  - [Effects of a very long title that goes on in
      a second line: with β < 5].
PG  - 795-813
LID - 10.1000/title.1 [doi]
AB  - BACKGROUND: First.
      METHODS: Second.
FAU - Author, Ann A Jr
AU  - Author AA Jr
AD  - Some place.
FAU - van der Berg, B
AU  - van der Berg B
CN  - Group of Titles.
LA  - ger
PT  - Journal Article
PT  - Randomized Controlled Trial
TT  - Wirkungen eines Titels.
JT  - Journal of titles (Bethesda, Md. : 1999)
MH  - Depressive Disorder, Major/*therapy
MH  - *Humans
OT  - alliance
PMC - PMC42

PMID- 124
TI  - Second.

PMID- 125
"""

XML = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" "https://dtd.nlm.nih.gov/x.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">123</PMID>
 <Article><Journal><ISSN IssnType="Print">0022-0167</ISSN>
  <JournalIssue><Volume>12</Volume><Issue>3</Issue>
   <PubDate><MedlineDate>2012 Oct-Nov</MedlineDate></PubDate></JournalIssue>
  <Title>Journal of titles (Bethesda, Md. : 1999)</Title></Journal>
 <ArticleTitle>[Effects of a very long <i>title</i> that goes on in a second line: with &#946; &lt; 5].</ArticleTitle>
 <Pagination><MedlinePgn>795-813</MedlinePgn></Pagination>
 <Abstract><AbstractText Label="BACKGROUND">First.</AbstractText>
  <AbstractText Label="METHODS">Second.</AbstractText></Abstract>
 <AuthorList CompleteYN="Y">
  <Author><LastName>Author</LastName><ForeName>Ann A</ForeName><Initials>AA</Initials><Suffix>Jr</Suffix></Author>
  <Author><LastName>van der Berg</LastName><Initials>B</Initials></Author>
  <Author><CollectiveName>Group of Titles.</CollectiveName></Author>
 </AuthorList><Language>ger</Language>
 <PublicationTypeList><PublicationType>Journal Article</PublicationType>
  <PublicationType>Randomized Controlled Trial</PublicationType></PublicationTypeList>
 <VernacularTitle>Wirkungen eines Titels.</VernacularTitle></Article>
 <MeshHeadingList><MeshHeading><DescriptorName>Depressive Disorder, Major</DescriptorName>
  <QualifierName>therapy</QualifierName></MeshHeading>
  <MeshHeading><DescriptorName>Humans</DescriptorName></MeshHeading></MeshHeadingList>
 <KeywordList><Keyword>alliance</Keyword></KeywordList></MedlineCitation>
 <PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/title.1</ArticleId>
  <ArticleId IdType="pmc">PMC42</ArticleId></ArticleIdList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>124</PMID><Article><ArticleTitle>Second.</ArticleTitle></Article>
</MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>125</PMID></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
"""


@pytest.fixture
def read(tmp_path):
    def read(text, name="file"):
        (tmp_path / name).write_text(text, "utf-8")
        return list(iter_records(tmp_path / name))

    return read


def article(title="A title.", more=""):
    return (
        f"<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>{title}</ArticleTitle>{more}</Article>"
        "</MedlineCitation></PubmedArticle>"
    )


@pytest.mark.parametrize("text", [NBIB, XML], ids=["nbib", "xml"])
def test_an_article(read, text):
    first, second, third = read(text)
    assert [second.reference.title, third.reference.PMID] == ["Second", "125"]
    found = first.reference
    assert found.citation_key == ""
    assert (found.type, found.PMID, found.PMCID, found.DOI) == ("article-journal", "123", "PMC42", "10.1000/title.1")
    assert found.title == "Effects of a very long title that goes on in a second line: with β < 5"
    assert (found.original_title, found.language) == ("Wirkungen eines Titels", "de")
    assert found.author == (
        Name("Author", "Ann A", suffix="Jr"),
        Name("Berg", "B.", "van der"),
        Name(literal="Group of Titles"),
    )
    assert (found.container_title, found.ISSN) == ("Journal of titles", "0022-0167")
    assert (found.volume, found.issue, found.page) == ("12", "3", "795–813")
    assert found.issued == DateParts(2012, 10)
    assert found.abstract == "BACKGROUND: First. METHODS: Second."
    assert found.publication_types == ("Journal Article", "Randomized Controlled Trial")
    assert (found.mesh, found.keyword) == (("Depressive Disorder, Major", "Humans"), ("alliance",))


def test_each_record_has_its_line(read):
    for text, begins in ((NBIB, "PMID-"), (XML, "<PubmedArticle>")):
        lines = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(begins)]
        assert [outcome.line for outcome in read(text)] == lines


def test_an_article_in_advance_of_print(read):
    (found,) = read("PMID- 1\nTI  - A title.\nJT  - Journal\nDEP - 20200305\nLID - e32822 [pii]\nPST - aheadofprint\n")
    assert found.reference.status == "Advance online publication"
    assert found.reference.issued == DateParts(2020, 3, 5)
    assert (found.reference.page, found.reference.number) == ("", "e32822")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("A title.", "A title"), ("Is it?", "Is it?"), ("Version 2.0.", "Version 2.0"), ("In the U.S.", "In the U.S."),
        ("Wait...", "Wait..."), ("Vitamin D.", "Vitamin D"), ("[A title]", "A title"), ("[A] and [B].", "[A] and [B]"),
        ("&lt;i&gt;A&lt;/i&gt; title &amp;amp; more.", "A title & more"),
        ("H<sub>2</sub>O and m<sup>2</sup>.", "H₂O and m²"),
        ("A <b>bold <i>title</i></b>.", "A bold title"),
    ],
)  # fmt: skip
def test_titles_lose_what_pubmed_puts_around_them(read, written, title):
    (found,) = read(article(written))
    assert found.reference.title == title


@pytest.mark.parametrize(
    ("written", "page", "number"),
    [
        ("123-8", "123–128", ""), ("S12-5", "S12–S15", ""), ("1045-59; discussion 1060-1", "1045–1059", ""),
        ("e123456", "", "e123456"), ("7", "7", ""), ("iv-xii", "iv–xii", ""),
    ],
)  # fmt: skip
def test_pages_are_written_out(read, written, page, number):
    (found,) = read(article(more=f"<Pagination><MedlinePgn>{written}</MedlinePgn></Pagination>"))
    assert (found.reference.page, found.reference.number) == (page, number)


def test_a_book_and_a_chapter(read):
    book = (
        "<Book><Publisher><PublisherName>Press</PublisherName><PublisherLocation>City</PublisherLocation></Publisher>"
        "<BookTitle>A whole.</BookTitle><PubDate><Year>2009</Year><Month>02</Month></PubDate>"
        "<AuthorList Type='editors'><Author><LastName>Editor</LastName><ForeName>E</ForeName></Author></AuthorList>"
        "</Book>"
    )
    text = f"<PubmedBookArticle><BookDocument><PMID>1</PMID>{book}%s</BookDocument></PubmedBookArticle>"
    (whole,) = read(text % "")
    assert (whole.reference.type, whole.reference.title, whole.reference.publisher) == ("book", "A whole", "Press")
    (part,) = read(text % "<ArticleTitle>A part.</ArticleTitle>")
    assert (part.reference.type, part.reference.container_title) == ("chapter", "A whole")
    assert part.reference.editor == (Name("Editor", "E"),)


def test_a_broken_record_costs_only_itself(read):
    records = [
        article("One."),
        article("<b>Two."),
        article("Three R&D &eacute; p < .05\x0b"),
        "<PubmedArticle><MedlineCitation>",
        article("Four."),
        f"<!-- {article('Not.')} -->",
        article("Five.")[:-3],
    ]
    found = read("\n".join(["<PubmedArticleSet>", *records]))
    titles = [outcome.reference.title if isinstance(outcome, Record) else "refused" for outcome in found]
    assert titles == ["One", "refused", "Three R&D é p < .05", "refused", "Four", "refused"]
    assert [outcome.line for outcome in found] == [2, 3, 4, 5, 6, 8]
    assert "never closed" in found[3].reason


@pytest.mark.parametrize("rest", ["<", "<PubmedArti", "</PubmedArticleS"])
def test_a_file_that_is_cut_off_in_a_tag_is_told(read, rest):
    found = read(f"<PubmedArticleSet>\n{article('One.')}\n{rest}")
    assert isinstance(found[0], Record)
    assert [(outcome.line, outcome.reason) for outcome in found[1:]] == [
        (3, "the file ends within a tag: it is cut off")
    ]


def test_entities_are_never_expanded(read):
    (found,) = read(f'<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet>{article("&a;")}</PubmedArticleSet>')
    assert isinstance(found, Refused)
    assert "entities" in found.reason
    (found,) = read(f'<!DOCTYPE x SYSTEM "file:///etc/passwd"><PubmedArticleSet>{article("&a;")}</PubmedArticleSet>')
    assert found.reference.title == "&a;"


def test_prefixes_that_only_the_root_declares_do_not_matter(read):
    title = "A <mml:math mml:x='1'><mml:mi>x</mml:mi></mml:math>"
    (found,) = read(f"<PubmedArticleSet xmlns:mml='m'>{article(title)}</PubmedArticleSet>")
    assert isinstance(found, Record)
    assert found.reference.title == "A x"


def test_many_records_across_the_edges_of_what_is_read_at_a_time(read):
    found = read(
        "<PubmedArticleSet>"
        + "\n".join(article(f"Title {'x' * (n % 97)} {n}.") for n in range(5000))
        + "</PubmedArticleSet>"
    )
    assert [outcome.reference.title.rpartition(" ")[2] for outcome in found] == [str(n) for n in range(5000)]
    assert [outcome.line for outcome in found] == list(range(1, 5001))
