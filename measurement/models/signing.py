"""Who signs which paper in which way, what came of it, and the keys of an office that signs by itself."""

from django.db import models
from django.db.models import Q

from .organisation import Unit
from .people import Person


class SigningMethod(models.TextChoices):
    LOKAL = "lokal", "Tanda tangan elektronik kantor (tidak tersertifikasi)"
    BSRE = "bsre", "Tanda tangan elektronik tersertifikasi (BSrE)"
    MANUAL = "manual", "Tanda tangan basah atau di luar sistem, lalu diunggah"


class SigningKey(models.Model):
    """A key pair of the office. `sealed_key` is never readable by itself: those of officials need their PIN, the others the server's secret."""

    class Purpose(models.TextChoices):
        AUTHORITY = "otoritas", "Otoritas sertifikat kantor"
        TIMESTAMP = "waktu", "Stempel waktu"
        SEAL = "segel", "Segel kantor"
        OFFICIAL = "pejabat", "Pejabat"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="signing_keys")
    purpose = models.CharField("kegunaan", max_length=10, choices=Purpose)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="signing_keys", verbose_name="pejabat"
    )
    certificate = models.TextField("sertifikat (PEM)")
    sealed_key = models.TextField("kunci tersegel")
    fingerprint = models.CharField("sidik jari SHA-256", max_length=64, unique=True)
    made_at = models.DateTimeField("dibuat")
    expires_at = models.DateTimeField("berlaku sampai")
    revoked_at = models.DateTimeField("dicabut", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dicabut oleh"
    )
    revoke_reason = models.CharField("alasan pencabutan", max_length=250, blank=True)
    failures = models.PositiveSmallIntegerField("PIN salah berturut-turut", default=0)
    locked_until = models.DateTimeField("terkunci sampai", null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "kunci tanda tangan", "kunci tanda tangan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "purpose"], condition=Q(person=None, revoked_at=None), name="one_office_key"
            ),
            models.UniqueConstraint(
                fields=["unit", "person"], condition=Q(revoked_at=None), name="one_key_per_official"
            ),
            models.CheckConstraint(
                condition=Q(purpose="pejabat", person__isnull=False)
                | (~Q(purpose="pejabat") & Q(person=None)),
                name="official_key_has_person",
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()} {self.person or self.unit}"


class PaperSigner(models.Model):
    """One signature that an issued paper asks for; they sign in the order of `position`, each as the post that the paper prints."""

    paper = models.ForeignKey("Paper", models.PROTECT, related_name="signers")
    position = models.PositiveSmallIntegerField("urutan")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="signatures_asked", verbose_name="penanda tangan"
    )
    title = models.CharField("jabatan", max_length=200)
    method = models.CharField("cara", max_length=10, choices=SigningMethod)

    class Meta:
        verbose_name, verbose_name_plural = "penanda tangan naskah", "penanda tangan naskah"
        ordering = ["paper", "position"]
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="signer_position_once")]
        indexes = [models.Index(fields=["person", "paper"], name="signer_person_paper")]

    def __str__(self):
        return f"{self.title} ({self.paper_id})"


class PaperSignature(models.Model):
    """A signature that was made, and the stored file that carries it and all before it. Written once, never changed."""

    signer = models.OneToOneField(PaperSigner, models.PROTECT, related_name="signature")
    path = models.CharField(max_length=150, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    signed_at = models.DateTimeField("ditandatangani")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    fingerprint = models.CharField("sidik jari sertifikat", max_length=64, blank=True)
    remark = models.CharField("keterangan", max_length=250, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "tanda tangan naskah", "tanda tangan naskah"
        ordering = ["signer"]

    def __str__(self):
        return self.path


class SigningAttempt(models.Model):
    """One request to the certified provider. It is written before anything is sent, so that an answer that never came is known as unknown."""

    class Outcome(models.TextChoices):
        SENT = "dikirim", "Dikirim"
        SIGNED = "berhasil", "Berhasil"
        REFUSED = "ditolak", "Ditolak"
        UNKNOWN = "tidak_diketahui", "Tidak diketahui"
        SETTLED = "dinyatakan_gagal", "Dinyatakan gagal"

    signer = models.ForeignKey(PaperSigner, models.PROTECT, related_name="attempts")
    started_at = models.DateTimeField("dimulai")
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="oleh")
    outcome = models.CharField("hasil", max_length=20, choices=Outcome, default=Outcome.SENT)
    detail = models.CharField("keterangan", max_length=250, blank=True)
    settled_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dinyatakan oleh"
    )

    class Meta:
        verbose_name, verbose_name_plural = "percobaan tanda tangan", "percobaan tanda tangan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["signer"],
                condition=Q(outcome__in=["dikirim", "tidak_diketahui"]),
                name="one_unsettled_attempt",
            ),
        ]

    def __str__(self):
        return f"{self.signer_id}: {self.outcome}"
