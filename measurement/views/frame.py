"""What stands around every page: office, navigation with the number of waiting tasks, the person's menu."""

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest

from measurement import guide
from measurement.addresses import reverse
from measurement.models import Person, Unit
from measurement.rules import sop
from measurement.rules.permissions import may_hand_over, may_manage_people
from sakip.replica import seconds_told

from .office.office_choice import units_where
from .start.desk import desk_of
from .start.form_drafts import form_care
from .start.help_pages import help_url
from .start.kept_text import text_kept_for
from .start.waiting_tasks import waiting_count

NAVIGATION = (
    (
        "inbox",
        "Tugas saya",
        "inbox",
        ("inbox", "signatures", "sign", "signing_keys", "make_key", "change_pin", "revoke_key"),
    ),
    (
        "cycles",
        "Siklus",
        "cycle",
        (
            "cycle",
            "round",
            "receipt",
            "step",
            "worksheet",
            "overview",
            "coverage",
            "round_trip",
            "assignment",
            "money_import",
            "recap",
            "sub_unit_recap",
            "office_working",
            "branch_working",
            "row_working",
            "void_paper",
            "follow_ups",
            "new_follow_up",
            "follow_up",
            "row_thread",
        ),
    ),
    ("achievement", "Capaian", "chart", ("achievement", "trends", "years")),
    (
        "plan",
        "Rencana",
        "plan",
        ("plan", "indicator", "plan_import", "revisions", "planning_documents", "radar"),
    ),
    ("archive", "Arsip", "archive", ("archive", "number_register")),
)
ABOVE_OFFICES = (
    "government",
    "government_posts",
    "new_government",
    "order_schedules",
    "people_of_offices",
    "plans_of_offices",
    "office_administrators",
    "holidays_of_offices",
    "scale_of_offices",
    "retention_of_offices",
    "nomenclature_of_offices",
    "sop_template_page",
    "prescribed_indicators",
    "oversight_notes",
    "oversight_note",
)


def frame(request: HttpRequest) -> dict:
    """Context of `base.html`; an anonymous visitor gets only the version, whose installation it is, and whether a demonstration is here."""
    person = getattr(request, "user", None)
    if person is None or not request.resolver_match:
        return {"version": settings.VERSION}
    if not person.is_authenticated:
        return {"version": settings.VERSION, **_public_frame()}
    appointments = person.appointments_in_force
    here = request.resolver_match.url_name or ""
    place = guide.help_place_of(here, request.resolver_match.kwargs)
    return {
        "office": appointments[0].unit if appointments else None,
        "government": "" if appointments else next((str(p.government) for p in person.posts_in_force), ""),
        "reading": getattr(request, "reading", None),
        "demonstration": any(a.unit.is_demonstration for a in appointments),
        "nav": [
            _nav_item(name, label, icon, here, places, person)
            for name, label, icon, places in _places(person, appointments)
        ],
        "user_menu": {
            "name": person.name,
            "roles": role_names(person),
            "items": _menu(person),
        },
        "sop": person.sop,
        "steps": sop.STEP_BY_KEY,
        "help_url": help_url(place),
        "page_keys": guide.keys_of(place),
        "version": settings.VERSION,
        "form_care": form_care(request, person),
        "kept_text": text_kept_for(request, person.pk),
        "seconds_behind": seconds_told(),
    }


def _places(person: Person, appointments: list) -> list[tuple]:
    """Where the navigation leads: who serves in no office finds the others by way of the government's page."""
    if not person.posts_in_force:
        return list(NAVIGATION)
    above = ("government", str(person.posts_in_force[0].government), "plan", ABOVE_OFFICES)
    return [NAVIGATION[0], above, *(NAVIGATION[1:] if appointments else ())]


def _public_frame() -> dict:
    """Whose installation it is: its one office, or the government that all of its offices have in common."""
    found = Unit.objects.aggregate(
        offices=Count("pk"),
        demonstrations=Count("pk", filter=Q(is_demonstration=True)),
        first=Min("government"),
        last=Max("government"),
    )
    return {
        "office": Unit.objects.get() if found["offices"] == 1 else None,
        "government": found["first"] if found["first"] == found["last"] else "",
        "demonstration": bool(found["demonstrations"]),
    }


def _nav_item(name: str, label: str, icon: str, here: str, places: tuple, person: Person) -> dict:
    is_inbox = name == "inbox"
    return {
        "label": label,
        "url": reverse(name),
        "icon": icon,
        "current": here == name or here in places,
        "count": waiting_count(person) if is_inbox else 0,
        "unread": desk_of(person).unread if is_inbox else 0,
    }


def role_names(person: Person) -> str:
    """The posts above the offices, and the roles beyond being an ASN, which everybody in an office is; of somebody who serves in many offices in the
    words of the first."""
    held = [a for a in person.appointments_in_force if a.role != sop.Role.ASN]
    roles = (a.role_named_by(person.sop) if person.serves_in_many else a.printed_role for a in held)
    names = [*(post.printed for post in person.posts_in_force), *roles]
    return ", ".join(dict.fromkeys(names)) or "ASN"


def _menu(person: Person) -> list[dict]:
    unread = desk_of(person).unread
    items = [
        {"label": f"Pesan ({unread})" if unread else "Pesan", "url": reverse("my_messages")},
        {"label": "Tanda tangan saya", "url": reverse("signatures")},
        {"label": "Cari", "url": reverse("search")},
        {"label": "SOP dan bantuan", "url": reverse("sop")},
        {"label": "Periksa tabel", "url": reverse("check_table")},
        {"label": "Ganti kata sandi", "url": reverse("password_change")},
    ]
    if units_where(person, may_hand_over):
        items.append({"label": "Serah terima", "url": reverse("handovers")})
    if units_where(person, may_manage_people):
        items.append({"label": "Kesiapan kantor", "url": reverse("readiness")})
        items.append({"label": "Pegawai", "url": reverse("people")})
        items.append({"label": "SOP dan dasar hukum", "url": reverse("sop_editions")})
        items.append({"label": "Pengaturan naskah", "url": reverse("paper_settings")})
        items.append({"label": "Tampilan kantor", "url": reverse("office_look")})
        items.append({"label": "Ekspor data", "url": reverse("office_export")})
        items.append({"label": "API dan webhook", "url": reverse("api_tokens")})
    if person.is_staff:
        if settings.SHOW_COMPONENTS:
            items.append({"label": "Komponen halaman", "url": reverse("components")})
        items.append({"label": "Data induk", "url": reverse("admin:index")})
    return items
