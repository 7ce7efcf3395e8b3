"""What differs between two sets: texts line by line, pictures pixel by pixel."""

from difflib import unified_diff
from pathlib import Path

from PIL import Image, ImageChops

MARK = (214, 0, 60)
PALE = 0.75  # how far the rest of a picture of differences is faded to white


def compare(before, after, into):
    """[sentence for each screen that differs]; of each differing picture one that marks where, in `into`."""
    before, after, told = Path(before), Path(after), []
    for name in sorted(_names(before) | _names(after)):
        old, new = before / name, after / name
        if not (old.exists() and new.exists()):
            told.append(f"{name}: chỉ có {'trước' if old.exists() else 'sau'}")
        elif name.endswith(".png"):
            told += _told_of_picture(name, old, new, Path(into))
        elif old.read_bytes() != new.read_bytes():
            told.append(f"{name}: chữ hoặc cấu trúc khác\n" + _differing_lines(old, new))
    return told


def _names(directory):
    found = [path for ending in ("png", "txt") for path in directory.rglob(f"*.{ending}")]
    return {path.relative_to(directory).as_posix() for path in found}


def _differing_lines(old, new):
    lines = unified_diff(old.read_text().splitlines(), new.read_text().splitlines(), lineterm="", n=1)
    return "\n".join(f"    {line}" for line in list(lines)[2:14])


def _told_of_picture(name, old, new, into):
    if old.read_bytes() == new.read_bytes():
        return []
    with Image.open(old) as first, Image.open(new) as second:
        share, picture = difference(first, second)
    if not share:
        return []
    path = into / name
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path)
    return [f"{name}: {f'{100 * share:.3f}'.replace('.', ',')}% điểm ảnh khác"]


def difference(first, second):
    """(share of pixels that differ, 0 to 1; the second picture, faded, with those marked). What one lacks differs."""
    width, height = max(first.width, second.width), max(first.height, second.height)
    first, second = (_on_canvas(image, width, height) for image in (first, second))
    differs = ImageChops.difference(first, second).convert("RGBA")
    red, green, blue, alpha = differs.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), ImageChops.lighter(blue, alpha))
    mask = strongest.point(lambda value: 255 if value else 0)
    share = mask.histogram()[255] / (width * height)
    faded = Image.blend(second.convert("RGB"), Image.new("RGB", second.size, "white"), PALE)
    faded.paste(MARK, mask=mask)
    return share, faded


def _on_canvas(image, width, height):
    canvas = Image.new("RGBA", (width, height))
    canvas.paste(image.convert("RGBA"))
    return canvas
