from django.db import migrations, models
from django.db.models import F, Q

MOST = 10**15


def bound(label):
    return models.DecimalField(blank=True, decimal_places=6, max_digits=21, null=True, verbose_name=label)


def spans(label):
    return models.JSONField(blank=True, default=list, verbose_name=label)


def is_number(field):
    return Q(**{field: None}) | Q(**{f"{field}__gt": -MOST, f"{field}__lt": MOST})


class Migration(migrations.Migration):
    dependencies = [("measurement", "0014_periods")]

    operations = [
        migrations.AddField("target", "low", bound("batas bawah rentang tahun ini")),
        migrations.AddField("target", "high", bound("batas atas rentang tahun ini")),
        migrations.AddField("target", "spans", spans("rentang tiap periode")),
        migrations.AddField("worksheetrow", "spans", spans("rentang tiap periode")),
        migrations.AddField("worksheetrow", "span_plan", spans("rentang akhir rencana")),
        migrations.AddConstraint(
            "target",
            models.CheckConstraint(
                condition=is_number("low") & is_number("high") & (Q(low=None, high=None) | Q(low__lte=F("high"))),
                name="target_span_in_order",
            ),
        ),
    ]
