"""Reorganizations: what each role is answered, for tests/access/rows.py."""

# url                 method place    anonymous  nobody    secretary committee organization inspection leader    administrator
ROWS = """\
reorganize            GET    own      302>login  404        403        403        200        403        403        403
reorganize            GET    below    302>login  404        403        403        200        403        403        403
reorganize            GET    beside   302>login  404        404        404        200        403        403        403
reorganize            GET    above    302>login  404        404        404        200        403        403        403
reorganize            GET    unknown  302>login  404        404        404        404        404        404        404
reorganize            POST   own      302>login  405        405        405        405        405        405        405
reorganize_act        GET    own      302>login  404        403        403        200        403        403        403
reorganize_act        GET    below    302>login  404        403        403        200        403        403        403
reorganize_act        GET    beside   302>login  404        404        404        200        403        403        403
reorganize_act        GET    above    302>login  404        404        404        200        403        403        403
reorganize_act        GET    unknown  302>login  404        404        404        404        404        404        404
reorganize_act        POST   own      302>login  404        403        403        400        403        403        403
reorganize_act        POST   beside   302>login  404        404        404        400        403        403        403
reorganize_undo       GET    own      302>login  404        403        403        200        403        403        403
reorganize_undo       GET    below    302>login  404        403        403        200        403        403        403
reorganize_undo       GET    beside   302>login  404        404        404        200        403        403        403
reorganize_undo       GET    above    302>login  404        404        404        200        403        403        403
reorganize_undo       GET    unknown  302>login  404        404        404        404        404        404        404
reorganize_undo       POST   own      302>login  404        403        403        400        403        403        403
reorganize_undo       POST   beside   302>login  404        404        404        400        403        403        403
"""
