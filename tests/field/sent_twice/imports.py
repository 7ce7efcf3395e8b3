"""What a file holds, written by the wizard's form."""

from tests.field.sent_twice.ground import at
from tests.imports.by_file import looked_at, table
from tests.imports.kinds.test_members import HEADER, HOA

TEXT = table(HEADER, HOA)


def file_written(ground):
    run = looked_at("dang-vien", TEXT, ground.users["organization"]).run
    return "organization", ground.open("organization", at("import_run", run.pk)).filled("ghi")
