"""Who is recorded as secretary of a cell."""

from members.models import Post


def secretaries(organizations, day):
    """{organization id: full name of its secretary on `day`}, of those of `organizations` (ids) that have one. One query."""
    posts = Post.objects.on(day).filter(organization__in=organizations, kind=Post.Kind.SECRETARY)
    return dict(posts.order_by("-starts", "-pk").values_list("organization", "member__full_name"))
