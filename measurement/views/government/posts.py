"""Jabatan pemerintah daerah: who holds which post above the offices, given and ended by its administrator; and a new government."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from measurement.addresses import reverse
from measurement.doors import governments
from measurement.forms.government import AccountFields, EndForm, GovernmentForm, PostForm
from measurement.models import Government, GovernmentPost, Unit
from measurement.rules.dates import long_date
from measurement.rules.government_posts import GovernmentRole
from measurement.rules.refusals import Refusal

from ..visitor import PersonRequest
from .choice import chosen_government, government_query

ONCE = "Kata sandi sementara {username}: {password} (hanya tampil sekali)."


def _kept_government(request: PersonRequest) -> Government:
    """The one that this person administers."""
    government = chosen_government(request)
    if not governments.may_keep_government(request.user, government):
        raise PermissionDenied
    return government


def government_posts(request: PersonRequest):
    """Those of today and of before, and a form for another one."""
    government = _kept_government(request)
    account = AccountFields(request.POST or None)
    form = PostForm(request.POST or None, instance=GovernmentPost(government=government))
    if request.method == "POST" and account.is_valid() & form.is_valid() and _given(request, account, form):
        return redirect(reverse("government_posts") + government_query(request, government))
    context = {
        "government": government,
        "query": government_query(request, government),
        "groups": _post_groups(government),
        "account": account,
        "form": form,
        "today": f"{timezone.localdate():%d/%m/%Y}",
    }
    return render(request, "government/posts.html", context, status=422 if form.is_bound else 200)


@sensitive_variables()
def _given(request: PersonRequest, account: AccountFields, form: PostForm) -> bool:
    """Whether the post was written down; a refusal's sentences go to the form."""
    post = form.instance
    try:
        with transaction.atomic():
            data = account.cleaned_data
            found = governments.account_for(account.known, data["account"], data["name"])
            post.person = found.person
            governments.give_post(post, request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    once = ONCE.format(username=found.person.username, password=found.password) if found.password else ""
    messages.success(
        request, f"{found.person} menjabat {post.printed} mulai {long_date(post.starts)}. {once}"
    )
    return True


def _post_groups(government: Government) -> list[dict]:
    today = timezone.localdate()
    groups: dict[str, list[dict]] = {"Berlaku sekarang": [], "Akan datang": [], "Sudah berakhir": []}
    for post in government.posts.select_related("person", "government"):
        over = post.ends is not None and post.ends < today
        when = "Sudah berakhir" if over else "Akan datang" if post.starts > today else "Berlaku sekarang"
        groups[when].append(
            {
                "key": str(post.pk),
                "person": str(post.person),
                "role": GovernmentRole(post.role).label,
                "title": post.title,
                "decree": post.decree,
                "span": f"{long_date(post.starts)} sampai {long_date(post.ends) if post.ends else 'sekarang'}",
                "endable": post.ends is None,
            }
        )
    return [{"title": title, "lines": lines} for title, lines in groups.items() if lines]


@require_POST
def end_government_post(request: PersonRequest, pk: int):
    """Its last day."""
    visible = GovernmentPost.objects.filter(government__in=Government.objects.visible_to(request.user))
    post = get_object_or_404(visible, pk=pk)
    back = redirect("government_posts")
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tulis hari terakhirnya seperti 30/11/2026.")
        return back
    ended = governments.end_post(post.pk, request.user, form.cleaned_data["last_day"])
    messages.success(request, f"{ended} berakhir {long_date(form.cleaned_data['last_day'])}.")
    return back


def new_government(request: PersonRequest):
    """Whoever keeps the installation makes it of the offices that belong together, with its first administrator."""
    if not request.user.is_superuser:
        raise PermissionDenied
    form = GovernmentForm(request.POST or None, free=Unit.objects.filter(belongs_to=None))
    account = AccountFields(request.POST or None, prefix="admin")
    if request.method == "POST" and form.is_valid() & account.is_valid() and _founded(request, form, account):
        return redirect("new_government")
    context = {
        "form": form,
        "account": account,
        "governments": [str(government) for government in Government.objects.all()],
    }
    return render(request, "government/new_government.html", context, status=422 if form.is_bound else 200)


@sensitive_variables()
def _founded(request: PersonRequest, form: GovernmentForm, account: AccountFields) -> bool:
    data = account.cleaned_data
    try:
        with transaction.atomic():
            found = governments.account_for(account.known, data["account"], data["name"])
            post = GovernmentPost(
                person=found.person, title=f"Admin {form.instance.short_name}", starts=timezone.localdate()
            )
            governments.found_government(form.instance, form.cleaned_data["offices"], post, request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.sentences)
        return False
    once = ONCE.format(username=found.person.username, password=found.password) if found.password else ""
    messages.success(request, f"{form.instance.name} dibuat; adminnya {found.person}. {once}")
    return True
