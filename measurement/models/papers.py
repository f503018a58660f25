"""Papers that were issued: numbered, with their content frozen, and the file that was made of it once; and numbers without a valid paper."""

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from measurement.rules.permissions import SeesUnits
from measurement.rules.sop import DECISION, REWORK, STEPS, Output

from .cycle import MeasurementCycle
from .organisation import Unit
from .patterns import validate_own_pattern
from .people import Person
from .reading import of_offices
from .signing import PaperSigner, SigningMethod

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class NumberCounter(models.Model):
    """The last number given out per unit, year and kind of paper."""

    unit = models.ForeignKey(Unit, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "kind"], name="counter_once")]

    def __str__(self):
        return f"{self.kind} {self.year}: {self.last}"


def new_code() -> str:
    """128 random bits as 32 hexadecimal digits: the address of a paper's public page."""
    return secrets.token_hex(16)


# What is made anew where a round was sent back.
REMADE = [step.output for step in STEPS[STEPS.index(REWORK) : STEPS.index(DECISION)]]


def overtaken(paper: str = "") -> Q:
    """Papers that count but ask for no signature any more: of a round that was sent back, or of a cycle for which an archived correction speaks."""
    again = {f"{paper}kind__in": REMADE, f"{paper}round__lt": F(f"{paper}cycle__round")}
    amended = MeasurementCycle.objects.archived().exclude(amends=None).values("amends")
    return Q(**again) | Q(**{f"{paper}cycle__in": amended})


class ListedColumns(TypedDict):
    """How far a paper is signed, who is next, and whether that still matters."""

    overtaken: bool
    asked: int
    signed: int
    next_title: str | None
    next_method: str | None


class SignatureColumns(ListedColumns):
    """One of the signatures that a paper asks for; all None for a paper that nobody signs. And the reading of a report."""

    signed_by: str | None
    signed_as: str | None
    signed_at: datetime | None
    read_by: str | None
    read_as: str | None
    read_at: datetime | None


class ReportColumn(TypedDict):
    """The Laporan Hasil of a cycle, where there is a valid one."""

    report_id: int | None


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, person: SeesUnits) -> "PaperQuerySet":
        return self.filter(of_offices(person))

    def valid(self) -> "PaperQuerySet":
        """The papers that count: neither withdrawn nor replaced by a newer one."""
        return self.filter(void=None, replaced_by=None)

    def valid_reports(self) -> "PaperQuerySet":
        """The Laporan Hasil that count."""
        return self.valid().filter(kind=Output.LAPORAN)

    def listed(self) -> "QuerySet[ListedPaper]":
        """For lists: with who issued it, whether it was withdrawn or replaced, and how far it is signed (`asked`, `signed`, who is `next_title` and how);
        without what only the paper itself or a search needs."""
        signers = PaperSigner.objects.filter(paper=OuterRef("pk"))
        following = signers.filter(signature=None).order_by("position")
        light: QuerySet[Paper] = self.select_related("issued_by", "void", "replaced_by").defer(
            "content", "words", "replaced_by__content", "replaced_by__words"
        )
        return light.annotate(
            overtaken=ExpressionWrapper(overtaken(), models.BooleanField()),
            asked=_count(signers),
            signed=_count(signers.filter(signature__isnull=False)),
            next_title=Subquery(following.values("title")[:1]),
            next_method=Subquery(following.values("method")[:1]),
        )

    def listed_by_signature(self) -> "QuerySet[SignedPaper]":
        """As `listed`, each paper once for every signature that it asks for: who signs as what (`signed_by`, `signed_as`), and when they did (`signed_at`);
        a report also with who read it as what, and when."""
        return (
            self.listed()
            .annotate(
                reading=FilteredRelation("receipts", condition=Q(receipts__event="dibaca")),
                read_by=F("reading__person__name"),
                read_as=F("reading__title"),
                read_at=F("reading__at"),
                signed_by=F("signers__person__name"),
                signed_as=F("signers__title"),
                signed_at=F("signers__signature__signed_at"),
            )
            .order_by("pk", "signers__position")
        )


def _count(of_paper: QuerySet):
    """The number of a paper's correlated rows as a column."""
    return Coalesce(
        Subquery(of_paper.order_by().values("paper").annotate(number=Count("pk")).values("number")), 0
    )


class Paper(models.Model):
    """An issued paper. `content` is all that its template prints, so that the file can be made outside the request and never differently."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="papers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="papers")
    kind = models.CharField("jenis", max_length=40)
    round = models.PositiveSmallIntegerField("putaran")
    year = models.PositiveSmallIntegerField("tahun")
    sequence = models.PositiveIntegerField("urut")
    number = models.CharField("nomor", max_length=100)
    title = models.CharField("judul", max_length=250)
    code = models.CharField("kode verifikasi", max_length=32, unique=True, default=new_code, editable=False)
    content = models.JSONField()
    words = models.TextField("kata-kata", blank=True, editable=False)
    issued_at = models.DateTimeField("diterbitkan")
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="menggantikan"
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "naskah", "naskah"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "kind", "sequence"], name="paper_number_once")
        ]
        indexes = [
            models.Index(fields=["unit", "-issued_at"], name="paper_unit_issued"),
            # SQLite's planner takes an index of which nearly all is NULL for worthless, once it has counted (ANALYZE)
            models.Index(fields=["replaces"], condition=Q(replaces__isnull=False), name="paper_replaced"),
        ]

    def __str__(self):
        return f"{self.title} {self.number}"

    @property
    def is_valid(self) -> bool:
        """The same as `PaperQuerySet.valid`, for a paper that was fetched with its withdrawal and successor."""
        return not (hasattr(self, "void") or hasattr(self, "replaced_by"))


if TYPE_CHECKING:
    ListedPaper = WithAnnotations[Paper, ListedColumns]
    SignedPaper = WithAnnotations[Paper, SignatureColumns]
    ReportedCycle = WithAnnotations[MeasurementCycle, ReportColumn]
else:
    ListedPaper = SignedPaper = Paper
    ReportedCycle = MeasurementCycle


def with_reports(cycles: "QuerySet[MeasurementCycle]") -> "QuerySet[ReportedCycle]":
    """Each cycle with its newest valid Laporan Hasil."""
    reports = Paper.objects.valid_reports().filter(cycle=OuterRef("pk")).order_by("-pk").values("pk")
    return cycles.annotate(report_id=Subquery(reports[:1]))


class PaperSetting(models.Model):
    """What an office decided about one kind of paper: number, way of signing, its own wording, and the head of a letter. What is blank follows the default."""

    class Nature(models.TextChoices):
        BIASA = "biasa", "Biasa"
        PENTING = "penting", "Penting"
        SEGERA = "segera", "Segera"
        SANGAT_SEGERA = "sangat_segera", "Sangat Segera"
        TERBATAS = "terbatas", "Terbatas"
        RAHASIA = "rahasia", "Rahasia"

    class Signatory(models.TextChoices):
        ISSUER = "pelaksana", "Yang menyelesaikan langkahnya"
        CHAIR = "ketua", "Ketua Tim SAKIP"
        SECRETARY = "sekretaris", "Sekretaris"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="paper_settings", verbose_name="unit")
    kind = models.CharField("jenis", max_length=40)
    number_pattern = models.CharField(
        "pola nomor", max_length=100, blank=True, validators=[validate_own_pattern]
    )
    method = models.CharField(
        "cara penandatanganan", max_length=10, choices=SigningMethod, default=SigningMethod.LOKAL
    )
    signatory = models.CharField("penanda tangan", max_length=15, blank=True, choices=Signatory)
    opening = models.TextField("pembuka", blank=True)
    closing = models.TextField("penutup", blank=True)
    note = models.TextField("catatan", blank=True)
    copy_to = models.TextField("tembusan", blank=True)
    nature = models.CharField("sifat", max_length=15, blank=True, choices=Nature)
    enclosure = models.CharField("lampiran", max_length=100, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "pengaturan naskah", "pengaturan naskah"
        constraints = [models.UniqueConstraint(fields=["unit", "kind"], name="paper_setting_once")]

    def __str__(self):
        return f"{self.unit}: {self.kind}"


class VoidNumber(models.Model):
    """A number that no valid paper carries, and why: a paper that was withdrawn, or a number used outside the system."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="void_numbers")
    year = models.PositiveSmallIntegerField("tahun")
    kind = models.CharField("jenis", max_length=40)
    sequence = models.PositiveIntegerField("urut")
    paper = models.OneToOneField(Paper, models.PROTECT, null=True, blank=True, related_name="void")
    reason = models.TextField("alasan")
    voided_at = models.DateTimeField("dibatalkan")
    voided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")

    class Meta:
        verbose_name, verbose_name_plural = "nomor batal", "nomor batal"
        ordering = ["unit", "year", "kind", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "kind", "sequence"], name="number_void_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="void_says_why"),
        ]

    def __str__(self):
        return f"{self.kind} {self.sequence}/{self.year}"


class PaperFile(models.Model):
    """The stored bytes of an issued paper: written once, never changed."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="file")
    path = models.CharField(max_length=150, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = "berkas naskah", "berkas naskah"

    def __str__(self):
        return self.path


class ArchivePackage(models.Model):
    """A stored package of an archived cycle. One that was made before all papers were signed is followed by the next version."""

    cycle = models.ForeignKey(MeasurementCycle, models.PROTECT, related_name="packages")
    version = models.PositiveSmallIntegerField("versi", default=1)
    path = models.CharField(max_length=150, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = "paket arsip", "paket arsip"
        ordering = ["cycle", "version"]
        constraints = [models.UniqueConstraint(fields=["cycle", "version"], name="package_version_once")]

    def __str__(self):
        return self.path
