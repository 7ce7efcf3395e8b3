"""Files on their way in: what each role is answered, for tests/access/rows.py. A run is its own user's alone."""

# url                 method place    anonymous  nobody    secretary committee organization inspection leader    administrator
ROWS = """\
imports               GET    -        302>login  403       200       200       200          200        403       200
imports               POST   -        302>login  403       400       400       400          400        403       400
import_run            GET    -        302>login  404       404       404       404          404        404       404
import_run            POST   -        302>login  404       404       404       404          404        404       404
import_returned       GET    -        302>login  404       404       404       404          404        404       404
import_template       GET    -        302>login  403       403       200       200          403        403       403
import_examples       GET    -        302>login  403       200       200       200          200        403       200
import_example        GET    -        302>login  403       200       200       200          200        403       200
import_examples_together GET -        302>login  403       200       200       200          200        403       200
rating_workbook       GET    own      302>login  404       404       404       404          404        404       404
rating_workbook       GET    below    302>login  404       404       404       404          404        404       404
rating_workbook       GET    beside   302>login  404       404       404       404          404        404       404
rating_workbook       GET    above    302>login  404       404       404       404          404        404       404
rating_workbook       GET    unknown  302>login  404       404       404       404          404        404       404
"""
