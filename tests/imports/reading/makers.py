"""Files made by hand, good ones and bad ones: nobody keeps a hostile file in a repository."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
import xlwt

from imports.reading.open_file import Limits, open_book

LIMITS = Limits(megabytes=5, rows=100_000, columns=100, cells=1_000_000, unpacked_megabytes=300, seconds=20)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>'
TYPES = (
    f'{DECLARED}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
SHEET = "xl/worksheets/sheet1.xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def opened(data, name="danh sach.xlsx", limits=LIMITS):
    return open_book(name, data, limits)


def read(data, name="danh sach.xlsx", limits=LIMITS):
    """[rows of each sheet]"""
    book = opened(data, name, limits)
    return [list(book.rows(number)) for number in range(len(book.sheets))]


def written(fill, **options):
    """An xlsx file of XlsxWriter; `fill` is called with the workbook."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        fill(book)
    return out.getvalue()


def xlsx(*rows):
    def fill(book):
        sheet = book.add_worksheet("Trang 1")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return written(fill)


def xls(fill, **options):
    """An xls file; `fill` is called with the workbook and its first sheet."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, value in options.items():
        setattr(book, name, value)
    fill(book, book.add_sheet("Trang 1"))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(parts, compression=ZIP_DEFLATED):
    """`parts`: {name: text or bytes}"""
    out = BytesIO()
    with ZipFile(out, "w", compression, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def parts_of(sheet):
    """{name: text} of an xlsx file whose one sheet is written `sheet`: what stands between <worksheet> and its end."""
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{DECLARED}<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        SHEET: f"{DECLARED}<worksheet {MAIN}>{sheet}</worksheet>",
    }


def raw_xlsx(sheet, **more):
    """An xlsx file written by hand; `more`: parts beside or instead, "/" written "__"."""
    return zipped(parts_of(sheet) | {name.replace("__", "/"): data for name, data in more.items()})


def data(rows):
    """Inline rows: `data("<row/>")`"""
    return f"<sheetData>{rows}</sheetData>"


def number(reference, value=1):
    return f'<c r="{reference}"><v>{value}</v></c>'


def ods(rows, more="", mimetype=ODS, **parts):
    """An ods file whose one sheet has `rows`, XML of table:table-row."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style")
    )
    content = (
        f'{DECLARED}<office:document-content {spaces} xmlns:calcext="urn:calcext" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Trang 1">{rows}</table:table>{more}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'{DECLARED}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest} | parts)
