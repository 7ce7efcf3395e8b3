"""Signing in and out, passwords, turning to another organization, finding, the administration: what each role is answered, for tests/access/rows.py."""

# url                 method place    anonymous  nobody    secretary committee organization inspection leader    administrator
ROWS = """\
login                 GET    -        200        302>home  302>home  302>home  302>home     302>home   302>home  302>home
login                 POST   -        200        302>home  302>home  302>home  302>home     302>home   302>home  302>home
logout                GET    -        302>login  405       405       405       405          405        405       405
logout                POST   -        302>login  302>login 302>login 302>login 302>login    302>login  302>login 302>login
password_change       GET    -        302>login  200       200       200       200          200        200       200
password_change       POST   -        302>login  200       200       200       200          200        200       200
password_change_done  GET    -        302>login  200       200       200       200          200        200       200
healthz               GET    -        200        200       200       200       200          200        200       200
turn                  GET    own      302>login  404       200       200       200          200        200       200
turn                  GET    below    302>login  404       200       200       200          200        200       200
turn                  GET    beside   302>login  404       404       404       200          200        200       200
turn                  GET    above    302>login  404       404       404       200          200        200       200
turn                  GET    unknown  302>login  404       404       404       404          404        404       404
find                  GET    -        302>login  200       200       200       200          200        200       200
find_paper            GET    own      302>login  404       200       200       200          200        200       200
find_paper            GET    beside   302>login  404       404       404       200          200        200       200
find_paper            GET    unknown  302>login  404       404       404       404          404        404       404
help                  GET    -        200        200       200       200       200          200        200       200
help_chapter          GET    -        200        200       200       200       200          200        200       200
look                  GET    -        302>login  200       200       200       200          200        200       200
choose                POST   -        400        400       400       400       400          400        400       400
admin:*               GET    -        302>admin:login 302>admin:login 302>admin:login 302>admin:login 302>admin:login 302>admin:login 302>admin:login 200
"""
