"""Predicate scales: dated data, so that an office can use another than that of Permendagri 86/2017."""

from django.db import models


class PredicateScale(models.Model):
    name = models.CharField("nama", max_length=150)
    source = models.CharField("sumber", max_length=250)
    valid_from = models.DateField("berlaku sejak")

    class Meta:
        verbose_name, verbose_name_plural = "skala predikat", "skala predikat"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def bounds(self) -> list[tuple]:
        """Lower bounds and words from the highest down, as `formulas.predicate` reads them."""
        return [(level.lower, level.label) for level in self.levels.all()]


class PredicateLevel(models.Model):
    """One word of a scale and the lowest value that earns it; the lowest level has no bound, so a scale has no gaps."""

    scale = models.ForeignKey(PredicateScale, models.CASCADE, related_name="levels", verbose_name="skala")
    label = models.CharField("predikat", max_length=40)
    lower = models.DecimalField("batas bawah", max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = "tingkat predikat", "tingkat predikat"
        ordering = [models.F("lower").desc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["scale", "lower"], name="level_bound_once"),
            models.UniqueConstraint(fields=["scale"], condition=models.Q(lower=None), name="one_lowest_level"),
        ]

    def __str__(self):
        return self.label
