"""Inspections and letters: what each role is answered, for tests/access/rows.py."""

# url                 method place    anonymous  nobody    secretary committee organization inspection leader    administrator
ROWS = """\
inspections           GET    own      302>login  404        200        200        200        200        200        200
inspections           GET    below    302>login  404        200        200        200        200        200        200
inspections           GET    beside   302>login  404        404        404        200        200        200        200
inspections           GET    above    302>login  404        404        404        200        200        200        200
inspections           GET    unknown  302>login  404        404        404        404        404        404        404
inspections           POST   own      302>login  405        405        405        405        405        405        405
inspection_list       GET    own      302>login  404        200        200        200        200        200        200
inspection_list       GET    below    302>login  404        200        200        200        200        200        200
inspection_list       GET    beside   302>login  404        404        404        200        200        200        200
inspection_list       GET    above    302>login  404        404        404        200        200        200        200
inspection_list       GET    unknown  302>login  404        404        404        404        404        404        404
inspection_list       POST   own      302>login  405        405        405        405        405        405        405
inspection_plan       GET    own      302>login  404        403        200        403        200        403        403
inspection_plan       GET    below    302>login  404        403        200        403        200        403        403
inspection_plan       GET    beside   302>login  404        404        404        403        200        403        403
inspection_plan       GET    above    302>login  404        404        404        403        200        403        403
inspection_plan       GET    unknown  302>login  404        404        404        404        404        404        404
inspection_plan       POST   own      302>login  404        403        400        403        400        403        403
inspection_plan       POST   beside   302>login  404        404        404        403        400        403        403
inspection_plan       POST   unknown  302>login  404        404        404        404        404        404        404
handover              GET    own      302>login  404        403        200        403        200        403        403
handover              GET    below    302>login  404        403        200        403        200        403        403
handover              GET    beside   302>login  404        404        404        403        200        403        403
handover              GET    above    302>login  404        404        404        403        200        403        403
handover              GET    unknown  302>login  404        404        404        404        404        404        404
handover              POST   own      302>login  404        403        400        403        400        403        403
handover              POST   beside   302>login  404        404        404        403        400        403        403
handover              POST   unknown  302>login  404        404        404        404        404        404        404
inspection            GET    own      302>login  404        200        200        200        200        200        200
inspection            GET    beside   302>login  404        404        404        200        200        200        200
inspection            GET    unknown  302>login  404        404        404        404        404        404        404
inspection            POST   own      302>login  404        403        400        403        400        403        403
inspection            POST   beside   302>login  404        404        404        403        400        403        403
inspection            POST   unknown  302>login  404        404        404        404        404        404        404
letters               GET    own      302>login  404        403        403        403        200        200        403
letters               GET    below    302>login  404        403        403        403        200        200        403
letters               GET    beside   302>login  404        404        404        403        200        200        403
letters               GET    above    302>login  404        404        404        403        200        200        403
letters               GET    unknown  302>login  404        404        404        404        404        404        404
letters               POST   own      302>login  405        405        405        405        405        405        405
letter_new            GET    own      302>login  404        403        403        403        200        403        403
letter_new            GET    below    302>login  404        403        403        403        200        403        403
letter_new            GET    beside   302>login  404        404        404        403        200        403        403
letter_new            GET    above    302>login  404        404        404        403        200        403        403
letter_new            GET    unknown  302>login  404        404        404        404        404        404        404
letter_new            POST   own      302>login  404        403        403        403        400        403        403
letter                GET    own      302>login  403        403        403        403        200        200        403
letter                GET    beside   302>login  403        403        403        403        200        200        403
letter                GET    unknown  302>login  403        403        403        403        404        404        403
letter                POST   own      302>login  403        403        403        403        400        403        403
letter                POST   unknown  302>login  403        403        403        403        404        404        403
"""
