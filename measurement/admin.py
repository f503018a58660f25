"""Master data for administrators. Nothing here can touch a cycle's state, its history, or what is issued or archived."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django_tasks_db.admin import DBTaskResult  # registered by that module

from measurement.forms.start.login import AdminLoginForm
from measurement.models import (
    Appointment,
    Holiday,
    Person,
    Plan,
    PredicateLevel,
    PredicateScale,
    RetentionClass,
    SubUnit,
    Unit,
    WorkSpan,
)
from measurement.rules.formulas import scale_gaps

admin.site.site_header = admin.site.site_title = "SAKIP – data induk"
admin.site.index_title = "Data induk"
admin.site.login_form = AdminLoginForm
# a role is an appointment, never a group; the queue is ours to look after
admin.site.unregister([Group, DBTaskResult])


class WorkSpanInline(admin.TabularInline):
    """The hours with which an office begins; later ones are kept with their dates on its own page."""

    model = WorkSpan
    exclude = ["pattern"]
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pattern=None)


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "government"]
    inlines = [WorkSpanInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "code",
                    "name",
                    "short_name",
                    "government",
                    "address",
                    "phone",
                    "email",
                    "town",
                    "division",
                ]
            },
        ),
        ("Tampilan", {"fields": ["accent"]}),
        ("Naskah", {"fields": ["paper_size", "classification", "number_pattern"]}),
        ("Jam kerja", {"fields": ["minutes_per_day"]}),
        ("Perhitungan", {"fields": ["predicate_scale", *Unit.setting_names()]}),
    ]


@admin.register(Person)
class PersonAdmin(UserAdmin):
    list_display = ["name", "username", "shown_nip", "is_active"]
    search_fields = ["name", "username"]
    ordering = ["name"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Pegawai", {"fields": ["name", "nip", "number_kind", "grade", "email"]}),
        ("Akun", {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]

    @admin.display(description="NIP")
    def shown_nip(self, person):
        return person.masked_nip

    add_fieldsets = [
        (
            None,
            {
                "classes": ["wide"],
                "fields": ["username", "name", "nip", "usable_password", "password1", "password2"],
            },
        )
    ]


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    list_display = ["person", "role", "kind", "title", "unit", "starts", "ends"]
    list_filter = ["unit", "role", "kind"]
    autocomplete_fields = ["person"]


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ["date", "name", "unit", "works"]
    date_hierarchy = "date"


class PredicateLevelFormSet(BaseInlineFormSet):
    """The levels of a scale are saved together only if they give every value exactly one word."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = [
            form.cleaned_data for form in self.forms if form.cleaned_data and form not in self.deleted_forms
        ]
        if gaps := scale_gaps([level["lower"] for level in kept]):
            raise ValidationError(gaps)


class PredicateLevelInline(admin.TabularInline):
    model = PredicateLevel
    formset = PredicateLevelFormSet
    extra = 0


@admin.register(SubUnit)
class SubUnitAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "unit"]
    list_filter = ["unit"]


@admin.register(PredicateScale)
class PredicateScaleAdmin(admin.ModelAdmin):
    list_display = ["name", "unit", "source", "valid_from", "valid_until"]
    inlines = [PredicateLevelInline]


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ["name", "unit", "start_year", "end_year"]


@admin.register(RetentionClass)
class RetentionClassAdmin(admin.ModelAdmin):
    list_display = ["code", "unit", "name", "active_years", "inactive_years", "fate", "source"]
    search_fields = ["code", "name"]
