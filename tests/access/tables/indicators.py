"""Indicators, targets and the first page: what each role is answered, for tests/access/rows.py."""

# url                 method place    anonymous  nobody    secretary committee organization inspection leader    administrator
ROWS = """\
home                  GET    -        302>login  200       302       302       302          302        302       200
home                  POST   -        302>login  405       405       405       405          405        405       405
choose                GET    own      302>login  404       302       302       302          302        302       302
choose                GET    beside   302>login  404       404       404       302          302        302       302
choose                GET    above    302>login  404       404       404       302          302        302       302
choose                GET    unknown  302>login  404       404       404       404          404        404       404
first_steps           GET    -        302>login  403       403       403       200          403        403       200
first_steps           POST   -        302>login  403       403       403       400          403        403       400
dashboard             GET    own      302>login  404       200       200       200          200        200       200
dashboard             GET    below    302>login  404       200       200       200          200        200       200
dashboard             GET    beside   302>login  404       404       404       200          200        200       200
dashboard             GET    above    302>login  404       404       404       200          200        200       200
dashboard             GET    unknown  302>login  404       404       404       404          404        404       404
dashboard             POST   own      302>login  405       405       405       405          405        405       405
indicator             GET    own      302>login  404       200       200       200          200        200       200
indicator             GET    below    302>login  404       200       200       200          200        200       200
indicator             GET    beside   302>login  404       404       404       200          200        200       200
indicator             GET    above    302>login  404       404       404       200          200        200       200
indicator             GET    unknown  302>login  404       404       404       404          404        404       404
indicator             POST   own      302>login  405       405       405       405          405        405       405
targets               GET    own      302>login  404       200       200       200          200        200       200
targets               GET    below    302>login  404       200       200       200          200        200       200
targets               GET    beside   302>login  404       404       404       200          200        200       200
targets               GET    above    302>login  404       404       404       200          200        200       200
targets               GET    unknown  302>login  404       404       404       404          404        404       404
targets               POST   own      302>login  404       403       403       400          403        403       403
targets               POST   below    302>login  404       403       403       400          403        403       403
targets               POST   beside   302>login  404       404       404       400          403        403       403
targets               POST   unknown  302>login  404       404       404       404          404        404       404
closing               GET    own      302>login  404       200       200       200          200        200       200
closing               GET    below    302>login  404       200       200       200          200        200       200
closing               GET    beside   302>login  404       404       404       200          200        200       200
closing               GET    above    302>login  404       404       404       200          200        200       200
closing               GET    unknown  302>login  404       404       404       404          404        404       404
closing               POST   own      302>login  404       403       403       400          403        403       403
closing               POST   beside   302>login  404       404       404       400          403        403       403
self_check            GET    -        302>login  403       403       403       200          200        200       200
forecast              GET    own      302>login  404        200        200        200        200        200        200
forecast              GET    below    302>login  404        200        200        200        200        200        200
forecast              GET    beside   302>login  404        404        404        200        200        200        200
forecast              GET    above    302>login  404        404        404        200        200        200        200
forecast              GET    unknown  302>login  404        404        404        404        404        404        404
forecast              POST   own      302>login  405        405        405        405        405        405        405
staff                 GET    own      302>login  404       404       200       200          200        200       200
staff                 GET    below    302>login  404       404       404       404          404        404       404
staff                 GET    beside   302>login  404       404       404       404          404        404       404
staff                 GET    above    302>login  404       404       404       200          200        200       200
staff                 GET    unknown  302>login  404       404       404       404          404        404       404
staff                 POST   own      302>login  404       404       400       400          403        403       403
staff                 POST   beside   302>login  404       404       404       404          404        404       404
"""
