"""Organizations and offices: what each role is answered, for tests/access/rows.py."""

# url                 method place    anonymous  nobody    secretary committee organization inspection leader    administrator
ROWS = """\
organization          GET    own      302>login  404       200       200       200          200        200       200
organization          GET    below    302>login  404       200       200       200          200        200       200
organization          GET    beside   302>login  404       404       404       200          200        200       200
organization          GET    above    302>login  404       404       404       200          200        200       200
organization          GET    unknown  302>login  404       404       404       404          404        404       404
offices               GET    -        302>login  403       403       403       403          403        403       200
accounts              GET    -        302>login  403       403       403       403          403        403       200
accounts              POST   -        302>login  403       403       403       403          403        403       400
office                GET    own      302>login  403       403       403       403          403        403       200
office                GET    beside   302>login  403       403       403       403          403        403       200
office                GET    above    302>login  403       403       403       403          403        403       200
office                GET    unknown  302>login  403       403       403       403          403        403       404
office                POST   own      302>login  403       403       403       403          403        403       400
office                POST   beside   302>login  403       403       403       403          403        403       400
appointments          GET    -        302>login  403        403        403        403        200        200        200
appointments          POST   -        302>login  403        403        403        403        400        400        400
"""
