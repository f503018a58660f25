"""Master data for administrators. Nothing here can touch a cycle's state, its history, or what is issued or archived."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from .forms.login import AdminLoginForm
from .models import Appointment, Holiday, Person, Plan, PredicateLevel, PredicateScale, Unit, WorkSpan

admin.site.site_header = admin.site.site_title = "SAKIP – data induk"
admin.site.index_title = "Data induk"
admin.site.login_form = AdminLoginForm
admin.site.unregister(Group)  # a role is an appointment, never a group


class WorkSpanInline(admin.TabularInline):
    model = WorkSpan
    extra = 0


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "government"]
    inlines = [WorkSpanInline]


@admin.register(Person)
class PersonAdmin(UserAdmin):
    list_display = ["name", "username", "shown_nip", "is_active"]
    search_fields = ["name", "username"]
    ordering = ["name"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Pegawai", {"fields": ["name", "nip", "grade", "email"]}),
        ("Akun", {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]

    @admin.display(description="NIP")
    def shown_nip(self, person):
        return person.masked_nip

    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "name", "nip", "usable_password", "password1", "password2"]})]


@admin.register(Appointment)
class AppointmentAdmin(admin.ModelAdmin):
    list_display = ["person", "role", "kind", "title", "unit", "starts", "ends"]
    list_filter = ["unit", "role", "kind"]
    autocomplete_fields = ["person"]


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ["date", "name", "unit"]
    date_hierarchy = "date"


class PredicateLevelInline(admin.TabularInline):
    model = PredicateLevel
    extra = 0


@admin.register(PredicateScale)
class PredicateScaleAdmin(admin.ModelAdmin):
    list_display = ["name", "source", "valid_from"]
    inlines = [PredicateLevelInline]


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ["name", "unit", "start_year", "end_year"]
