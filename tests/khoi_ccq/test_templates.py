"""What a template's writer indents is not sent, and nothing else is left out."""

from django.template.loader import get_template


def test_indentation_is_not_sent_and_line_breaks_are():
    text = get_template("base.html").template.source
    assert "\n <" not in text
    assert "\n<body>\n<a class" in text


def test_texts_and_the_templates_of_libraries_are_read_as_they_are():
    assert "\n    " in get_template("admin/base.html").template.source
    assert "\n\n" in get_template("ratings/tasks/reminder.txt").template.source
