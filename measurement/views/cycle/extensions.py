"""Perpanjangan waktu: what was given to whom until when and why; asking for more time, giving it, and answering who asked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render

from measurement.addresses import reverse
from measurement.doors import extending
from measurement.doors.extending import MoreTime
from measurement.forms.cycle.extending import AnswerExtensionForm, AskForm, GiveForm
from measurement.models import Extension, MeasurementCycle, Person
from measurement.rules.dates import long_date
from measurement.rules.numbers import parse_key
from measurement.rules.permissions import may_extend
from measurement.rules.refusals import NotAtThisStep, Refusal
from measurement.rules.sentences import ended

from ..fetch import get_cycle
from ..start.deadline_words import turn_words
from ..start.tasks import Waiting, waiting_in
from ..visitor import PersonRequest

ASK, GIVE, GRANT, REFUSE = "ask", "give", "grant", "refuse"


def extensions_page(request: PersonRequest, pk: int):
    """Everybody reads it; who is at work asks, and whom the work is owed to gives."""
    cycle, person = get_cycle(request, pk), request.user
    found = list(cycle.extensions.select_related("person", "asked_by", "answered_by"))
    for one in found:
        one.cycle = cycle
    asked = [one for one in found if _may_answer(one, cycle, person)]
    forms = _forms(request, cycle, person, found, asked)
    if request.method == "POST" and (made := _act(request, cycle, forms)):
        messages.success(request, made)
        return redirect("extensions", pk)
    waiting = waiting_in(cycle, person)
    context = {
        "cycle": cycle,
        "sentence": turn_words(waiting.mine)
        if waiting
        else "Siklus ini sudah selesai; tidak ada lagi yang diperpanjang.",
        "ask": forms.get(ASK),
        "give": forms.get(GIVE),
        "asked": [
            {
                "title": f"Permintaan {one.asked_by}",
                "form": forms[str(one.pk)],
                "key": str(one.pk),
                "words": one.words,
            }
            for one in asked
        ],
        "lines": [_line(one) for one in reversed(found) if one not in asked],
    }
    return render(request, "cycle/extensions.html", context, status=422 if request.method == "POST" else 200)


def _may_answer(one: Extension, cycle: MeasurementCycle, person: Person) -> bool:
    here = cycle.is_under_way and (one.step, one.round) == (cycle.current_step.key, cycle.round)
    may = here and may_extend(cycle.current_step, one.person_id is not None, person, cycle)
    return may and one.is_open and one.asked_by_id != person.pk


def _forms(
    request: PersonRequest,
    cycle: MeasurementCycle,
    person: Person,
    found: list[Extension],
    asked: list[Extension],
) -> dict:
    """Those that this person has on the page; only the one that was pressed is bound."""
    if not cycle.is_under_way:
        return {}
    action, key = request.POST.get("action", ""), request.POST.get("key", "")
    typed = {name: request.POST if action == name else None for name in (ASK, GIVE)}
    forms: dict = {}
    for one in asked:
        bound = request.POST if action in (GRANT, REFUSE) and key == str(one.pk) else None
        forms[str(one.pk)] = AnswerExtensionForm(bound, key=str(one.pk), asked_for=one.until)
    parts = extending.own_parts(cycle)
    owners = [one for one in parts if one != person]
    steps = extending.extendable_steps(cycle, person)
    people = owners if may_extend(cycle.current_step, True, person, cycle) else []
    if steps or people:
        forms[GIVE] = GiveForm(typed[GIVE], steps=steps, people=people, prefix=GIVE)
    already = any(one.is_open and one.asked_by_id == person.pk for one in found)
    if (person in parts or extending.holds_step(cycle, person)) and not already:
        forms[ASK] = AskForm(typed[ASK], prefix=ASK)
    return forms


def _act(request: PersonRequest, cycle: MeasurementCycle, forms: dict) -> str:
    """What was done, in a sentence; empty where the page says what is missing."""
    action, key = request.POST.get("action", ""), parse_key(request.POST.get("key", ""))
    form = forms.get(action if action in (ASK, GIVE) else str(key))
    if form is None:
        raise _too_late(action, forms)
    if not form.is_valid():
        return ""
    try:
        return _done(request.user, cycle, action, form, key)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return ""


def _too_late(action: str, forms: dict) -> Exception:
    """What was on the page is there no more: asked already, answered by somebody else, or never this person's."""
    if action == ASK:
        return NotAtThisStep(extending.ASKED_ALREADY)
    if action in (GRANT, REFUSE) and GIVE in forms:
        return NotAtThisStep(extending.ANSWERED)
    return PermissionDenied()


def _done(person: Person, cycle: MeasurementCycle, action: str, form, key: int) -> str:
    typed = form.cleaned_data
    if action in (GRANT, REFUSE):
        granted = action == GRANT
        made = extending.answer_extension(
            cycle.pk, key, person, granted, typed["until"] if granted else None, typed["answer"]
        )
        return _given(made) if granted else "Permintaan ditolak, dan yang meminta diberi tahu."
    more = MoreTime(typed["until"], typed["reason"])
    if action == ASK:
        extending.ask_extension(cycle.pk, person, more)
        return "Permintaan perpanjangan dikirim. Sampai dijawab, batas yang sekarang tetap berlaku; isian tetap dapat disimpan."
    step = form.chosen_step or cycle.current_step.key
    return _given(extending.give_extension(cycle.pk, person, step, form.chosen_person, more))


def _given(made: Extension) -> str:
    return ended(
        f"Langkah {made.sop_step.number} diperpanjang sampai {long_date(made.until)} untuk {made.whom}"
    )


def _line(one: Extension) -> dict:
    label = "Menunggu jawaban" if one.is_open else "Diberikan" if one.granted else "Ditolak"
    answer = f"Jawaban: {one.answer}" if one.answer else ""
    return {
        "words": one.words,
        "answer": answer,
        "state": {"key": "selesai" if one.granted else "belum", "label": label},
    }


def extension_link(cycle: MeasurementCycle, waiting: Waiting) -> dict:
    """The way to the page from where somebody works."""
    label = "Batas sudah lewat: minta perpanjangan" if waiting.is_late else "Perpanjangan waktu"
    return {"label": label, "url": reverse("extensions", args=[cycle.pk])}
