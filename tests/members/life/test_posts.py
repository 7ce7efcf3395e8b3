"""Posts: held in the line above one's own cell, from whichever side that line is left."""

from datetime import date, timedelta

from ledger.models import Change
from ledger.soundness import outcomes
from ledger.spells import FOREVER
from ledger.undo import undo
from members.life.posts import end_posts, post
from members.models import Post
from members.reorganizing import plan
from organizations.forest import Forest
from organizations.reorganize import Founding
from tests.world import START, TODAY, refused

DAY = date(2018, 3, 1)
UNTIL = date(2018, 9, 1)


def give(world, name, code, kind=Post.Kind.DEPUTY, on=DAY):
    post([(world.people[name], world.org[code], kind)], **world.act(on))
    return Post.objects.latest("pk")


def test_a_post_held_is_ended_before_the_next(world):
    row = give(world, "An", "DB01")
    with refused("Lê An giữ chức vụ phó bí thư ở DB01 từ 01/03/2018. Hãy ghi thôi chức vụ đó trước."):
        give(world, "An", "DB01", Post.Kind.SECRETARY, TODAY)
    end_posts([row], **world.act(TODAY))
    give(world, "An", "DB01", Post.Kind.SECRETARY, TODAY)
    kept = Post.objects.standing().order_by("starts").values_list("kind", "starts", "ends")
    assert list(kept) == [(2, DAY, TODAY), (1, TODAY, FOREVER)]


def test_ending_posts_obeys_its_rules(world):
    good, bad = give(world, "Bình", "DB01"), give(world, "An", "DB01", on=UNTIL)
    with refused("Lê An: chức vụ phó bí thư bắt đầu ngày 01/09/2018; ngày thôi phải sau ngày đó."):
        end_posts([good, bad], **world.act(UNTIL))
    end_posts([bad], **world.act(TODAY))
    with refused("Lê An: chức vụ phó bí thư đã được ghi thôi từ trước. Hãy tải lại trang."):
        end_posts([good, bad], **world.act(TODAY))


def test_a_post_recorded_late_ends_where_the_line_was_left(world):
    world.transfer("An", "DB01-02", date(2018, 4, 1))  # still below DB01
    world.transfer("An", "CB01", UNTIL)
    assert give(world, "An", "DB01").ends == UNTIL
    assert give(world, "An", "DB01-01").ends == date(2018, 4, 1)


def test_a_post_recorded_late_ends_with_its_organization(world):
    world.carry_out(
        plan.putting_section(Founding(code="BP02", name="BP02", kind="DBBP", parent="DB01"), ["DB01-01"]),
        START + timedelta(days=1),
    )
    world.carry_out(plan.lifting_section(Forest.on(UNTIL), "BP02"), UNTIL)
    assert give(world, "An", "BP02").ends == UNTIL
    assert give(world, "An", "DB01").ends == FOREVER


def test_a_move_recorded_late_does_not_leave_a_later_post_behind(world):
    give(world, "An", "DB01", on=UNTIL)
    with refused(
        "Lê An giữ chức vụ ở DB01 từ ngày 01/09/2018, mà theo việc này khi đó không sinh hoạt trong tổ chức ấy. Hãy hủy việc giữ chức vụ đó trước."
    ):
        world.transfer("An", "CB01", DAY)
    world.transfer("An", "DB01-02", DAY)


def held():
    """{(given name, code): the day on which the post ends} of the posts that stand."""
    rows = Post.objects.standing().values_list("member__full_name", "organization__code", "ends")
    return {(name.split()[-1], code): ends for name, code, ends in rows}


def test_a_cell_that_goes_to_another_committee_leaves_the_posts_there(world):
    give(world, "An", "DB01-01")
    give(world, "An", "DB01")
    give(world, "Chi", "DB01")
    give(world, "Bình", "K")
    world.move("DB01-01", "DB02", UNTIL)
    assert held() == {
        ("An", "DB01-01"): FOREVER,
        ("An", "DB01"): UNTIL,
        ("Chi", "DB01"): FOREVER,
        ("Bình", "K"): FOREVER,
    }
    assert give(world, "Bình", "DB01").ends == UNTIL  # recorded late, it ends as theirs did


def test_a_post_given_after_the_day_forbids_the_move(world):
    give(world, "An", "DB01", on=UNTIL)
    with refused(
        "Lê An giữ chức vụ ở DB01 từ ngày 01/09/2018, mà theo việc này khi đó không sinh hoạt trong tổ chức ấy. Hãy hủy việc giữ chức vụ đó trước.",
    ):
        world.move("DB01-01", "DB02", DAY)


def test_a_move_taken_back_gives_the_posts_back(world):
    give(world, "An", "DB01")
    world.move("DB01-01", "DB02", UNTIL)
    moved = Change.objects.latest("pk")
    row = give(world, "Bình", "DB02", on=TODAY)
    with refused(
        "Võ Bình giữ chức vụ ở DB02 từ ngày 14/12/2018, mà theo việc này khi đó không sinh hoạt trong tổ chức ấy. Hãy hủy việc giữ chức vụ đó trước."
    ):
        undo(moved, reason="ghi nhầm", **world.act())
    undo(row.added, reason="ghi nhầm", **world.act())
    undo(moved, reason="ghi nhầm", **world.act())
    assert held() == {("An", "DB01"): FOREVER}


def test_a_post_that_a_move_taken_back_cut_short_can_itself_be_taken_back(world):
    given = give(world, "Đức", "DB02").added
    world.transfer("Đức", "DB02-02", date(2018, 4, 1))
    moved = Change.objects.latest("pk")
    world.move("DB02-01", "DB03", UNTIL)  # he had left that cell
    undo(moved, reason="ghi nhầm", **world.act())
    assert held() == {("Đức", "DB02"): UNTIL}
    undo(given, reason="ghi nhầm", **world.act())
    assert held() == {}


def test_a_post_outside_the_line_is_found_by_the_self_check(world):
    row = give(world, "An", "DB01")
    give(world, "Chi", "DB01")
    Post.objects.filter(pk=row.pk).update(organization=world.org["DB02"])
    (found,) = [outcome for outcome in outcomes() if not outcome.sound]
    assert [finding.sentence for finding in found.findings] == [
        "Lê An: phó bí thư ở DB02, từ 01/03/2018 không sinh hoạt trong tổ chức đó."
    ]


def test_an_earlier_term_recorded_late_ends_where_the_next_begins(world):
    give(world, "An", "DB01", Post.Kind.SECRETARY, on=UNTIL)
    assert give(world, "An", "DB01", on=DAY).ends == UNTIL
    with refused("Lê An giữ chức vụ phó bí thư ở DB01 từ 01/03/2018. Hãy ghi thôi chức vụ đó trước."):
        give(world, "An", "DB01", on=date(2018, 4, 1))
