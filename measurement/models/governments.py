"""The government (pemerintah daerah) to which offices belong, and the posts above them, dated like appointments."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from measurement.rules.government_posts import POST_CHOICES, READING, GovernmentRole

if TYPE_CHECKING:
    from .people import Person


class GovernmentQuerySet(models.QuerySet["Government"]):
    def visible_to(self, person: "Person") -> "GovernmentQuerySet":
        """Those in which the person holds a post today."""
        return self.filter(pk__in={post.government_id for post in person.posts_in_force})


class Government(models.Model):
    """A kabupaten, kota or province. Its offices are tenants: they share nothing but the master data that it keeps for them."""

    name = models.CharField(
        "pemerintah daerah",
        max_length=150,
        unique=True,
        help_text="Seperti baris pertama kop, misalnya Pemerintah Kabupaten Contoh.",
    )
    short_name = models.CharField(
        "nama pendek", max_length=60, help_text="Pada judul halaman, misalnya Kabupaten Contoh."
    )

    objects = GovernmentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "pemerintah daerah", "pemerintah daerah"
        ordering = ["name"]

    def __str__(self):
        return self.short_name


class PostQuerySet(models.QuerySet["GovernmentPost"]):
    def in_force(self, on: date | None = None) -> "PostQuerySet":
        day = on or timezone.localdate()
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)


class GovernmentPost(models.Model):
    """Who holds which post above the offices from when to when, by which decree, and who wrote it down."""

    government = models.ForeignKey(Government, models.PROTECT, related_name="posts")
    person = models.ForeignKey("Person", models.PROTECT, related_name="posts", verbose_name="pegawai")
    role = models.CharField("jabatan", max_length=20, choices=POST_CHOICES)
    title = models.CharField("nama jabatan", max_length=150)
    decree = models.CharField("nomor surat keputusan/perintah", max_length=100, blank=True)
    starts = models.DateField("mulai")
    ends = models.DateField("sampai", null=True, blank=True)
    recorded_by = models.ForeignKey("Person", models.PROTECT, null=True, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "jabatan pemerintah daerah", "jabatan pemerintah daerah"
        ordering = ["government", "role", "-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="post_in_order",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in GovernmentRole]), name="post_role_known"
            ),
            models.UniqueConstraint(
                fields=["person", "government", "role", "starts"],
                name="post_once",
                violation_error_message="Jabatan ini sudah dicatat.",
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.printed}"

    @property
    def printed(self) -> str:
        """ "Inspektorat Kabupaten Contoh"; the administrator is that of the government."""
        word = "Admin" if self.role == GovernmentRole.ADMIN else GovernmentRole(self.role).label
        return f"{word} {self.government.short_name}"

    @property
    def reads_offices(self) -> bool:
        return GovernmentRole(self.role) in READING
