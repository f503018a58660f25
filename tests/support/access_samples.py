"""An office with something behind every address: an archived cycle with files, and the keys that the addresses take."""

import hashlib
from datetime import date, timedelta
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from measurement import files
from measurement.doors import attachments, workflow
from measurement.doors.api_tokens import make_token
from measurement.doors.opening import OpeningDocument, begin_opening
from measurement.doors.order_schedules import schedule_orders
from measurement.doors.oversight import write_note
from measurement.doors.webhooks import add_receiver, try_receiver
from measurement.models import (
    ArchivePackage,
    GovernmentPost,
    LongWork,
    MeasurementCycle,
    OpeningSet,
    PredicateScale,
    ReferenceDocument,
    SigningAttempt,
    SigningKey,
    StoredFile,
    SubUnit,
    Unit,
)
from measurement.record.rounds import Arahan
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.machine_access import SUBSCRIBED, Scope
from measurement.rules.periods import KEYS
from measurement.rules.sop import SEND_BACK, Output
from tests.support.characters import STORED, Office, cycle_at, fresh, walk
from tests.support.governments import government_over
from tests.support.samples import png
from tests.support.sheets import PDF
from tests.support.spending_files import taken_over

# what a phone or another machine asks for before anybody logs in
INSTALLING = ("manifest", "service_worker", "offline", "api_schema")
# pages of settings, which only the office's administrator gets
ADMINISTRATORS_PAGES = (
    "paper_settings",
    "paper_setting",
    "office_look",
    "evidence_hosts",
    "readiness",
    "office_details",
    "signing_authority",
    "mail_check",
    "sop_editions",
    "new_sop_edition",
    "sop_edition",
    "working_hours",
    "holidays",
    "predicate_scales",
    "predicate_scale",
    "calculation_rules",
    "retention",
    "setting_import",
    "setting_export",
    "api_tokens",
    "webhook_receivers",
)
# for whoever has a post above the offices
ABOVE_OFFICES = (
    *("government", "government_posts", "new_government"),
    *("order_schedules", "new_oversight_note", "people_of_offices", "people_of_offices_template"),
    *("plans_of_offices", "plans_of_offices_template"),
    *("office_administrators", "holidays_of_offices", "scale_of_offices", "retention_of_offices"),
    *("nomenclature_of_offices", "sop_template_page", "prescribed_indicators"),
)
# what machines ask for: with a token, and no cookie counts
MACHINES = ("api_root", "api")


def everything_of(made: Office) -> SimpleNamespace:
    cycle, keys = made.once(_cycle_and_keys)
    return SimpleNamespace(office=made, cycle=cycle, keys=keys)


def _cycle_and_keys(made: Office) -> tuple[MeasurementCycle, dict]:
    cycle = cycle_at(made, "measure")
    row = cycle.rows.first()
    evidence = attachments.attach(cycle.pk, made.asn, row.pk, SimpleUploadedFile("bukti.pdf", PDF))
    document = cycle.reference_documents.first()
    ReferenceDocument.objects.filter(pk=document.pk).update(file=StoredFile.objects.get(), name="dpa.pdf")
    used = taken_over(made, cycle)
    cycle = walk(made, cycle, "approve")
    workflow.perform(cycle, SEND_BACK, made.sekcam, arahan=[Arahan("Periksa kembali serapan.")])
    cycle = walk(made, fresh(cycle))
    files.write_whole(cycle.papers.first().file.path, STORED)
    files.write_whole("arsip/uji.zip", b"PK")
    digest = hashlib.sha256(b"PK").hexdigest()
    ArchivePackage.objects.create(
        cycle=cycle, path="arsip/uji.zip", sha256=digest, size=2, made_at=timezone.now()
    )
    keys = {
        "evidence": [evidence.pk],
        "reference": [document.pk],
        "money_file": [cycle.pk, used.pk],
        "excuse": [cycle.pk, row.pk],
        "attach_evidence": [cycle.pk, row.pk],
        "branch_working": [cycle.pk, row.node_id],
        "row_thread": [cycle.pk, row.pk],
        "follow_up": [cycle.follow_ups.first().pk],
        "row_behind": [cycle.pk, row.pk],
        "draft_paper": [cycle.pk, 10],
        **dict.fromkeys(("row_working", "row_history"), [cycle.pk, row.pk]),
        **cycle_keys(cycle),
        **paper_keys(made, cycle),
        **office_keys(made),
        **government_keys(cycle),
    }
    return cycle, keys


def government_keys(cycle: MeasurementCycle) -> dict:
    """Of a government to which none of the offices belongs any more, of which one was overseen once."""
    above = government_over(name="Pemerintah Kabupaten Contoh")
    schedule = schedule_orders(
        above.government,
        2026,
        KEYS["tw2"],
        "Ukurlah kinerja.",
        date(2030, 1, 1),
        above[GovernmentRole.ORGANISATION],
    )
    Unit.objects.filter(pk=cycle.unit_id).update(belongs_to=above.government)
    inspector, words = above[GovernmentRole.INSPECTORATE], "Bukti triwulan ini belum lengkap."
    note = write_note(fresh(cycle), inspector, words, "Lengkapi buktinya.", date(2030, 1, 1))
    Unit.objects.filter(pk=cycle.unit_id).update(belongs_to=None)
    return {
        "oversight_note": [note.pk],
        "new_oversight_note": [cycle.pk],
        "government_file": ["rekap-kantor"],
        "end_government_post": [GovernmentPost.objects.filter(government=above.government).earliest("pk").pk],
        "withdraw_order_schedule": [schedule.pk],
    }


def cycle_keys(cycle: MeasurementCycle) -> dict:
    pages = (
        "cycle",
        "withdrawal",
        "extensions",
        "worksheet",
        "overview",
        "coverage",
        "report",
        "recap",
        "sub_unit_recap",
        "office_working",
        "round_trip",
        "money_import",
        "autosave",
        "assignment",
    )
    downloads = (
        "worksheet_xlsx",
        "worksheet_form",
        "recap_xlsx",
        "sub_unit_recap_xlsx",
        "e81_xlsx",
        "lkjip_docx",
        "neighbours_xlsx",
        "package",
    )
    return {
        "step": [cycle.pk, 1],
        "receipt": [cycle.pk, cycle.stays.first().pk],
        "round": [cycle.pk, 2],
        "undo": [cycle.pk, cycle.audit.earliest("sequence").pk],
        **{name: [cycle.pk] for name in (*pages, *downloads)},
        **{name: ["capaian", "program"] for name in ("chart_data", "chart_picture")},
    }


def paper_keys(made: Office, cycle: MeasurementCycle) -> dict:
    paper = cycle.papers.first()
    attempt = SigningAttempt.objects.create(
        signer=paper.signers.get(), started_at=timezone.now(), started_by=made.camat
    )
    return {
        **{name: [paper.pk] for name in ("paper", "void_paper")},
        "sign": [paper.signers.get().pk],
        "signing_attempt": [attempt.pk],
        "verify_paper": [paper.code],
        "extract": [cycle.papers.get(kind=Output.PENGUKURAN).pk, made.asn.pk],
        "paper_setting": [Output.NOTULEN],
    }


def office_keys(made: Office) -> dict:
    now = timezone.now()
    key = SigningKey.objects.create(
        unit=made.unit, person=made.sekcam, purpose=SigningKey.Purpose.OFFICIAL, fingerprint="0" * 64, made_at=now,
        expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return {
        "indicator": [made.indicators[0].pk],
        "branch": [made.indicators[0].node_id],
        **{name: [made.sekcam.pk] for name in ("person", "appoint", "reset_password", "hand_over")},
        "sub_unit": [SubUnit.objects.get_or_create(unit=made.unit, name="Kelurahan Sukamaju")[0].pk],
        "sop_edition": [made.unit.sop_editions.get().pk],
        "end_appointment": [made.sekcam.appointments.first().pk],
        "predicate_scale": [own_scale_of(made).pk],
        **{name: ["hari-libur"] for name in ("setting_import", "setting_export")},
        "make_key": [made.unit.pk],
        **{name: [key.pk] for name in ("change_pin", "revoke_key")},
        **{
            name: [opening_of(made).pk]
            for name in ("opening_set", "opening_file", "opening_form", "opening_upload")
        },
        "emblem": [emblem_of(made).pk],
        **machine_keys(made),
        "my_message": [made.sekcam.messages.first().pk],
        **{name: [work_of(made).pk] for name in ("work", "work_file")},
    }


def machine_keys(made: Office) -> dict:
    """A token, a receiver that was told something, and an address of the API."""
    token = (
        made.unit.api_tokens.first()
        or make_token(made.unit, made.administrator, "Uji", [Scope.CYCLES], 30)[0]
    )
    receiver = (
        made.unit.webhooks.first()
        or add_receiver(made.unit, made.administrator, "https://a.contoh", SUBSCRIBED)[0]
    )
    delivery = receiver.deliveries.first() or try_receiver(receiver, made.administrator)
    return {
        "api": ["siklus"],
        "revoke_api_token": [token.pk],
        "webhook_receiver": [receiver.pk],
        "webhook_delivery": [delivery.pk],
    }


def work_of(made: Office) -> LongWork:
    """An order of the administrator that is done."""
    now = timezone.now()
    values = {"path": emblem_of(made).path, "file_name": "lambang.png", "ordered_at": now, "seen_at": now}
    return LongWork.objects.get_or_create(
        unit=made.unit,
        person=made.administrator,
        kind="office_export",
        state=LongWork.State.DONE,
        defaults=values,
    )[0]


def opening_of(made: Office) -> OpeningSet:
    """Data awal that nobody has approved, with the file of their document."""
    document = OpeningDocument("Laporan Kinerja", date(2026, 1, 5), SimpleUploadedFile("laporan.pdf", PDF))
    return OpeningSet.objects.first() or begin_opening(made.plan, made.tim, document)


def own_scale_of(made: Office) -> PredicateScale:
    values = {"source": "uji", "valid_from": date(2020, 1, 1)}
    return PredicateScale.objects.get_or_create(unit=made.unit, name="Skala kantor", defaults=values)[0]


def emblem_of(made: Office) -> StoredFile:
    stored = files.store_upload(made.unit, SimpleUploadedFile("lambang.png", png()))
    Unit.objects.filter(pk=made.unit.pk).update(emblem=stored)
    return stored
