"""From bytes to text, or what they are if they are no text in UTF-8."""

from sigma_ld.errors import SourceError

__all__ = ["decoded"]

_BYTE_ORDER = b"\xef\xbb\xbf"
_KINDS = {
    b"%PDF": "is a PDF: save its text, for instance with pdftotext, and name that",
    b"PK\x03\x04": "is a ZIP archive or an office document: unpack it or save it as text",
    b"\x89PNG": "is a picture: name a page of text",
    b"\xff\xd8\xff": "is a picture: name a page of text",
    b"GIF8": "is a picture: name a page of text",
    b"BZh9": "is packed with bzip2: unpack it first",
    b"\xfd7zXZ": "is packed with xz: unpack it first",
    b"\x28\xb5\x2f\xfd": "is packed with zstd: unpack it first",
    b"\xff\xfe\x00\x00": "is in UTF-32: save it in UTF-8",
    b"\x00\x00\xfe\xff": "is in UTF-32: save it in UTF-8",
    b"\xff\xfe": "is in UTF-16: save it in UTF-8",
    b"\xfe\xff": "is in UTF-16: save it in UTF-8",
}
# Every second byte of UTF-16 is zero where the text is mostly of Latin letters; in other encodings
# of such a text only its accents are beyond ASCII.
_MANY = 0.3


def decoded(data: bytes, file: str, line: int | None = None) -> str:
    r"""Return the text that bytes of UTF-8 stand for, without a byte-order mark.

    Args:
        data: the bytes.
        file: the name of the file they came from.
        line: the line of the file they came from, if they are not the whole.

    Raises:
        SourceError: they are no text, or text in another encoding; it says which it looks like.

    >>> decoded(b"\xef\xbb\xbfIP3", "page.txt")
    'IP3'
    """
    for mark, problem in _KINDS.items():
        if data.startswith(mark):
            raise SourceError(file, line, problem)
    if b"\0" in data:
        raise SourceError(file, line, _with_zeros(data))
    data = data.removeprefix(_BYTE_ORDER)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        at = line or data.count(b"\n", 0, error.start) + 1
        raise SourceError(file, at, _not_utf8(data, error)) from None


def _with_zeros(data: bytes) -> str:
    even, odd = data[0::2].count(0) * 2 / len(data), data[1::2].count(0) * 2 / len(data)
    if data.count(0) > 2 and max(even, odd) > _MANY and min(even, odd) < max(even, odd) / 4:
        ends = "LE" if odd > even else "BE"
        return f"looks like UTF-16 without a byte-order mark (UTF-16{ends}): save it in UTF-8"
    return "is binary, for it holds zero bytes: name a page of text"


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    if error.end == len(data) and error.reason == "unexpected end of data":
        return "ends within a character: it was cut off, so fetch it again"
    sample = data[: error.start + 10_000]
    high = [byte for byte in sample if byte > 127]
    told = f"is not UTF-8 (byte 0x{data[error.start]:02x})"
    if len(high) > _MANY * len(sample):
        return f"{told}: save it in UTF-8"
    name = "Windows-1252" if any(byte < 0xA0 for byte in high) else "Latin-1"
    return f"{told}, it looks like {name}: convert it with iconv -f {name.upper()} -t UTF-8"
