"""The demonstration office itself: unit, working hours, holidays, scale, accounts, and its plan through the import that users have."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from measurement.models import (
    Appointment,
    Holiday,
    Indicator,
    Person,
    Plan,
    SopEdition,
    Unit,
    WorkSpan,
)
from measurement.plan import planning_documents, table_import
from measurement.plan.revising import approve
from measurement.record.presets import load_presets
from measurement.rules.sop import Role
from measurement.rules.sop_edition import KIND_BY_KEY, NATIONAL_BASIS, Sop

from . import signing
from .clock import at

CODE = "416-317"
PASSWORD = "demo-sakip-2026"  # noqa: S105 – printed for everybody who loads the demonstration
STARTS = date(2025, 1, 1)
CHAIR = "Ketua Tim SAKIP"
APPROVED = datetime(2026, 1, 6, 2, 0, tzinfo=UTC)
FIXTURES = Path(settings.FIXTURE_DIRS[0])
SOURCE_NOTE = (
    "Angka program, kegiatan, dan sub kegiatan diambil dari Renstra Kecamatan Muncar, Kabupaten Banyuwangi 2025–2029 yang telah "
    "diterbitkan; bukan angka Kecamatan Dawarblandong. Sasaran dan IKU adalah contoh."
)
SOP_DAY = date(2023, 10, 5)
# the printed SOP of the office, with its Perda beside what binds every office
SOP = Sop.of_kind(
    KIND_BY_KEY["kecamatan"],
    number="065/112/416-317/2023",
    made_on=SOP_DAY,
    in_force_from=SOP_DAY,
    signatory="Camat Dawarblandong",
    legal_basis=(
        *NATIONAL_BASIS,
        "Peraturan Daerah Kabupaten Mojokerto Nomor 9 Tahun 2016 tentang Pembentukan dan Susunan Perangkat Daerah",
    ),
)
MORNING, AFTERNOON = (time(7, 30), time(12)), (time(13), time(16))
FRIDAY_MORNING = (time(7), time(11, 30))
FRIDAY = 4

# user name, name, grade, post, other roles with the title they sign with
OFFICIALS = (
    ("camat", "Camat Contoh", "Pembina Tingkat I, IV/b", "Camat", {Role.CAMAT: "Camat"}),
    (
        "sekcam",
        "Sekretaris Kecamatan Contoh",
        "Pembina, IV/a",
        "Sekretaris Kecamatan",
        {Role.SEKCAM: "Sekretaris Kecamatan"},
    ),
    (
        "tim1",
        "Tim SAKIP Contoh 01",
        "Penata Tingkat I, III/d",
        "Perencana Ahli Muda",
        {Role.TIM_SAKIP: CHAIR},
    ),
    (
        "tim2",
        "Tim SAKIP Contoh 02",
        "Penata, III/c",
        "Analis Perencanaan, Evaluasi dan Pelaporan",
        {Role.TIM_SAKIP: "Sekretaris Tim SAKIP"},
    ),
    (
        "tim3",
        "Tim SAKIP Contoh 03",
        "Penata Muda Tingkat I, III/b",
        "Analis Kebijakan Ahli Pertama",
        {Role.TIM_SAKIP: "Anggota Tim SAKIP"},
    ),
    (
        "tim4",
        "Tim SAKIP Contoh 04",
        "Penata Muda, III/a",
        "Pengelola Data",
        {Role.TIM_SAKIP: "Anggota Tim SAKIP"},
    ),
    (
        "admin",
        "Administrator Contoh",
        "Pengatur Tingkat I, II/d",
        "Pranata Komputer Terampil",
        {Role.ADMINISTRATOR: "Administrator Sistem"},
    ),
)
STAFF = (
    ("Penata, III/c", "Kepala Sub Bagian Penyusunan Program dan Keuangan"),
    ("Penata Muda, III/a", "Bendahara Pengeluaran"),
    ("Penata, III/c", "Kepala Sub Bagian Umum dan Kepegawaian"),
    ("Pengatur, II/c", "Staf Sub Bagian Umum dan Kepegawaian"),
    ("Pengatur, II/c", "Pengadministrasi Umum"),
    ("Pengatur Tingkat I, II/d", "Pengurus Barang"),
    ("Pengatur Tingkat I, II/d", "Pengelola Sarana dan Prasarana"),
    ("Pengatur, II/c", "Pengadministrasi Persuratan"),
    ("Pengatur Muda Tingkat I, II/b", "Pengelola Pemeliharaan Kendaraan dan Peralatan"),
    ("Penata Tingkat I, III/d", "Kepala Seksi Pemerintahan"),
    ("Penata Tingkat I, III/d", "Kepala Seksi Pelayanan Umum"),
    ("Pengatur, II/c", "Staf Pelayanan"),
    ("Penata Tingkat I, III/d", "Kepala Seksi Pemberdayaan Masyarakat dan Desa"),
    ("Penata Muda, III/a", "Staf Seksi Pemberdayaan Masyarakat dan Desa"),
    ("Penata Tingkat I, III/d", "Kepala Seksi Ketenteraman dan Ketertiban Umum"),
    ("Pengatur Tingkat I, II/d", "Polisi Pamong Praja Terampil"),
    ("Penata Muda Tingkat I, III/b", "Staf Seksi Pemerintahan"),
)


def build() -> Unit:
    """The unit with everything that it needs before its first cycle."""
    scale = load_presets()
    load_holidays()
    unit = Unit.objects.create(
        code=CODE,
        name="Kecamatan Dawarblandong",
        short_name="Dawarblandong",
        government="Pemerintah Kabupaten Mojokerto",
        address="Jl. Mayjen Sungkono No. 61 Dawarblandong 61354",
        town="Dawarblandong",
        division="Sub Bagian Penyusunan Program dan Keuangan",
        predicate_scale=scale,
        is_demonstration=True,
    )
    SopEdition.objects.create(unit=unit, in_force_from=SOP_DAY, facts=SOP.facts())
    spans = [(day, span) for day in range(FRIDAY) for span in (MORNING, AFTERNOON)]
    spans += [(FRIDAY, FRIDAY_MORNING), (FRIDAY, AFTERNOON)]
    WorkSpan.objects.bulk_create(
        WorkSpan(unit=unit, weekday=day, begins=begins, ends=ends) for day, (begins, ends) in spans
    )
    appoint_people(unit)
    plan = import_plan(unit)
    with at(APPROVED):
        signing.make_keys(unit)
        approve(
            plan,
            2026,
            Person.objects.get(username="tim1"),
            "Perjanjian Kinerja Tahun 2026 (contoh)",
            date(2026, 1, 5),
        )
        upload_documents(plan)
    return unit


def load_holidays() -> None:
    """The national holidays of the demonstration's year, unless the installation has them already."""
    if not Holiday.objects.filter(unit=None, date__year=2026).exists():
        call_command("loaddata", FIXTURES / "holidays_2026.json", verbosity=0)


def appoint_people(unit: Unit) -> None:
    """24 accounts, named by their role. Everybody is ASN, some hold a role besides."""
    staff: list[tuple[str, str, str, str, dict[Role, str]]] = [
        (f"asn{n:02}", f"ASN Contoh {n:02}", grade, post, {}) for n, (grade, post) in enumerate(STAFF, 1)
    ]
    appointments = []
    for number, (username, name, grade, post, roles) in enumerate((*OFFICIALS, *staff), 1):
        administers = Role.ADMINISTRATOR in roles
        person = Person.objects.create_user(
            username, password=PASSWORD, name=name, grade=grade, nip=f"197001011990011{number:03}",
            is_staff=administers, is_superuser=administers,
        )  # fmt: skip
        for role, title in {Role.ASN: post, **roles}.items():
            appointments.append(
                Appointment(
                    person=person,
                    unit=unit,
                    role=role.value,
                    title=title,
                    starts=STARTS,
                    chairs=title == CHAIR,
                )
            )
    Appointment.objects.bulk_create(appointments)


def import_plan(unit: Unit) -> Plan:
    """The plan by the users' own door, then the SMART assessment of Tim SAKIP."""
    plan = Plan.objects.create(
        unit=unit, name="Rencana Kinerja (contoh)", start_year=2026, end_year=2030, source_note=SOURCE_NOTE
    )
    file = FIXTURES / "rencana_2026_2030.csv"
    table = table_import.read_plan_table(SimpleUploadedFile(file.name, file.read_bytes()))
    table_import.apply(plan, table, Person.objects.get(username="tim1"))
    indicators = Indicator.objects.filter(node__plan=plan)
    indicators.update(**dict.fromkeys(Indicator.SMART, True))
    indicators.filter(name__startswith="Persentase Fasiltasi").update(
        smart_specific=False,
        smart_reason="Jenis fasilitasi belum dirinci pada Renstra; untuk tahun 2026 dipakai daftar fasilitasi pada Renja.",
    )
    return plan


def upload_documents(plan: Plan) -> None:
    """Two planning documents; the example of a Perjanjian Kinerja has one target that is not the plan's, for the radar to find."""
    for kind, name in (("renstra", "rencana_2026_2030.csv"), ("perjakin", "perjanjian_kinerja_2026.csv")):
        upload = SimpleUploadedFile(name, (FIXTURES / name).read_bytes())
        lines = planning_documents.read_document(upload, 2026).lines
        planning_documents.store(plan, kind, 2026, name, lines, Person.objects.get(username="tim1"))
