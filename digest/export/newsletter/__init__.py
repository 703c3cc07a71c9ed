"""An edition to an e-mail: as HTML, as plain text, and as a file that a mail program opens.

Nothing is sent, no address is held. `contents` says what stands in it; each form is a file.
"""

from digest.export.newsletter.contents import Contents, contents_of
from digest.export.newsletter.eml import write_eml
from digest.export.newsletter.files import iter_newsletter_files
from digest.export.newsletter.html import write_html
from digest.export.newsletter.text import write_text

__all__ = ["Contents", "contents_of", "iter_newsletter_files", "write_eml", "write_html", "write_text"]
