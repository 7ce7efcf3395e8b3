"""Who exists, under whom, since when."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ledger.choices import TextChoices
from ledger.fields import CleanCharField, KeyField
from ledger.models import Recorded, Spell, not_empty
from ledger.spells import NoOverlap
from ledger.text import word_key


class Kind(TextChoices):
    """Kinds of organization (domain §3.1). Depth is free; what a kind may hang under is in PARENTS."""

    TINH = "TINH", "Đảng bộ tỉnh"
    KHOI = "KHOI", "Đảng bộ Khối"
    DBCS = "DBCS", "Đảng bộ cơ sở"
    CBCS = "CBCS", "Chi bộ cơ sở"
    DBBP = "DBBP", "Đảng bộ bộ phận"
    CBTT = "CBTT", "Chi bộ trực thuộc"

    @property
    def is_grassroots(self) -> bool:
        return self in GRASSROOTS

    @property
    def holds_members(self) -> bool:
        return self in CELLS


GRASSROOTS = (Kind.DBCS, Kind.CBCS)
CELLS = (Kind.CBCS, Kind.CBTT)
COMMITTEES = (*GRASSROOTS, Kind.DBBP)  # those that act by a committee of their own
# What holds whole blocs or is one: the name of such a place says nothing beside the name of one below it.
WHOLES = (Kind.TINH, Kind.KHOI)
PARENTS = {  # None: under nothing
    Kind.TINH: (None,),
    Kind.KHOI: (None, Kind.TINH),
    Kind.DBCS: (Kind.KHOI,),
    Kind.CBCS: (Kind.KHOI,),
    Kind.DBBP: (Kind.DBCS,),
    Kind.CBTT: (Kind.DBCS, Kind.DBBP),
}


class Organization(Recorded):
    """An identity: a code that outlives every name and place."""

    can_be_taken_back = False
    is_identity = True

    code = models.CharField(
        "mã",
        max_length=30,
        validators=[
            RegexValidator(r"^[A-Z]+[0-9]*(-[0-9]+)*$", "Mã gồm chữ hoa không dấu, số và dấu nối, ví dụ DB01-03.")
        ],
    )

    class Meta:
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(voided__isnull=True),
                name="organization_code",
                violation_error_message="Mã tổ chức này đã có. Hãy chọn mã khác.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class OrganizationSpell(Spell):
    can_be_taken_back = False

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="spells", verbose_name="tổ chức")
    name = CleanCharField("tên", max_length=200)
    search_key = KeyField("khóa tìm kiếm", derive="_search_key", max_length=250)
    kind = models.CharField("loại hình", max_length=4, choices=Kind.choices)
    parent = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="child_spells", verbose_name="cấp trên"
    )
    position = models.PositiveIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "giai đoạn của tổ chức"
        verbose_name_plural = "giai đoạn của tổ chức"
        constraints = [
            NoOverlap(
                of="organization",
                name="organization_one_place_a_day",
                violation_error_message="Một tổ chức chỉ có một tên và một cấp trên trong một ngày.",
            ),
            not_empty("organization_spell_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    def _search_key(self) -> str:
        return word_key(self.name)

    @property
    def committee(self) -> str:
        """Who acts for it: "Đảng ủy Sở Tài chính" for "Đảng bộ Sở Tài chính"; a cell acts by its own name."""
        return self.name.replace("Đảng bộ", "Đảng ủy", 1)

    @property
    def is_whole(self) -> bool:
        return self.kind in WHOLES

    @property
    def is_grassroots(self) -> bool:
        return Kind(self.kind).is_grassroots

    @property
    def holds_members(self) -> bool:
        return Kind(self.kind).holds_members


class Lineage(Spell):
    """Derived (organizations/lineage.py): `organization` stood below `ancestor`, by way of its child `via`."""

    can_be_taken_back = False
    is_derived = True

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="lineage")
    ancestor = models.ForeignKey(Organization, models.PROTECT, related_name="descent")
    via = models.ForeignKey(Organization, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "quan hệ cấp trên"
        verbose_name_plural = "quan hệ cấp trên"
        constraints = [
            NoOverlap(of=("organization", "ancestor"), name="lineage_one_way_a_day"),
            not_empty("lineage_not_empty"),
        ]
        indexes = [
            models.Index(fields=["organization", "ancestor"]),
            models.Index(fields=["ancestor", "organization"]),
        ]


class Succession(Recorded):
    """`successor` took over from `predecessor` on `on` and answers for it from then.

    Of several successors one is the principal: facts that followed no person go to it.
    """

    predecessor = models.ForeignKey(Organization, models.PROTECT, related_name="successions", verbose_name="tổ chức cũ")
    successor = models.ForeignKey(
        Organization, models.PROTECT, related_name="takeovers", verbose_name="tổ chức kế thừa"
    )
    on = models.DateField("từ ngày")
    principal = models.BooleanField("kế thừa chính", default=True)

    class Meta:
        verbose_name = "kế thừa tổ chức"
        verbose_name_plural = "kế thừa tổ chức"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=models.Q(voided__isnull=True, principal=True),
                name="one_principal_successor",
                violation_error_message="Mỗi tổ chức kết thúc chỉ có một tổ chức kế thừa chính.",
            )
        ]


class Origin(Recorded):
    """`organization` was split off from `source`, which went on, on `on`."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="origins", verbose_name="tổ chức mới")
    source = models.ForeignKey(Organization, models.PROTECT, related_name="offshoots", verbose_name="tách ra từ")
    on = models.DateField("từ ngày")

    class Meta:
        verbose_name = "chia tách tổ chức"
        verbose_name_plural = "chia tách tổ chức"
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(voided__isnull=True), name="one_origin_an_organization"
            )
        ]


class OutsideTransfer(Recorded):
    """`organization` came from outside this register on `on`, or went out of it: founded, or ended, here by that.

    `formerly`: as which organization it stood here before it went out, where one that came back is known to have done so.
    """

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="outside_transfers", verbose_name="tổ chức"
    )
    came = models.BooleanField("chuyển đến")
    elsewhere = CleanCharField("từ đâu, đi đâu", max_length=200)
    on = models.DateField("từ ngày")
    formerly = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trước khi chuyển đi là"
    )

    class Meta:
        verbose_name = "tổ chức chuyển đến, chuyển đi"
        verbose_name_plural = "tổ chức chuyển đến, chuyển đi"
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "came"],
                condition=models.Q(voided__isnull=True),
                name="one_outside_transfer_a_way",
                violation_error_message="Việc chuyển đến, chuyển đi của tổ chức này đã được ghi.",
            )
        ]


class SizeRule(models.Model):
    """How many members an organization of a kind has (domain §3.1). Outside it a note, never a refusal."""

    kind = models.CharField("loại hình", max_length=4, choices=Kind.choices)
    official = models.BooleanField("chỉ tính đảng viên chính thức", default=False)
    least = models.PositiveSmallIntegerField("ít nhất", null=True, blank=True)
    most = models.PositiveSmallIntegerField("nhiều nhất", null=True, blank=True)
    basis = CleanCharField("căn cứ", max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "mức số lượng đảng viên"
        verbose_name_plural = "mức số lượng đảng viên"
        ordering = ["kind", "official", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "official"],
                name="one_size_rule_a_kind",
                violation_error_message="Loại hình này đã có mức cho cách tính đó. Hãy sửa mức đã có.",
            ),
        ]

    def __str__(self) -> str:
        whom = "đảng viên chính thức" if self.official else "đảng viên"
        bounds = [f"{word} {n}" for word, n in (("ít nhất", self.least), ("nhiều nhất", self.most)) if n is not None]
        return f"{self.get_kind_display()}: {', '.join(bounds)} {whom}"

    def clean(self) -> None:
        if self.least is None and self.most is None:
            raise ValidationError("Hãy ghi mức ít nhất hoặc mức nhiều nhất.")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValidationError("Mức ít nhất lớn hơn mức nhiều nhất.")

    def allows(self, members: int) -> bool:
        """Whether `members` people, counted as the rule counts, are within it."""
        return (self.least or 0) <= members and (self.most is None or members <= self.most)


class Approval(Spell):
    """The superior agreed in writing that `organization` stands outside `rule`; the paper is on its act."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="approvals", verbose_name="tổ chức")
    rule = models.ForeignKey(SizeRule, models.PROTECT, related_name="approvals", verbose_name="mức số lượng")

    class Meta:
        verbose_name = "văn bản đồng ý về số lượng đảng viên"
        verbose_name_plural = "văn bản đồng ý về số lượng đảng viên"
        constraints = [
            NoOverlap(
                of=("organization", "rule"),
                name="approval_once_a_day",
                violation_error_message="Tổ chức này đã có văn bản đồng ý trong thời gian này.",
            ),
            not_empty("approval_not_empty"),
        ]
