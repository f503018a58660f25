"""The choices on the page of the import: the kelurahan of a line, unknown ones, twins that are typed once."""

from django.urls import reverse

from measurement.models import Indicator, Pagu
from tests.plan.test_plan_import import HEADINGS, tree
from tests.support.pages import words
from tests.views.test_plan_import_page import press_apply, tim, upload

__all__ = ["tim"]  # a fixture of the page's own tests

KELURAHAN = [
    *tree(0),
    *(
        ["sub_kegiatan", "7.01.02.2.01.0001", "Sub", "Jumlah sarana", "Unit", 2 + n, 1000 + n]
        for n in range(2)
    ),
]


def test_the_page_asks_which_kelurahan_a_line_is_of_and_makes_it(tim, empty):
    asked = upload(tim, empty, KELURAHAN)
    answers = {"sub_unit-4": "Sukamaju", "sub_unit-5": "Sukasari"}
    shown = tim.post(reverse("plan_import"), {"action": "answer", **answers})

    press_apply(tim, shown, new_sub_unit=["Sukamaju", "Sukasari"])

    assert "Baris 4: Jumlah sarana" in words(asked)
    assert set(Pagu.objects.values_list("node__sub_unit__name", "amount").filter(node__sub_unit__gt=0)) == {
        ("Sukamaju", 1000),
        ("Sukasari", 1001),
    }


def test_an_unknown_kelurahan_that_is_unticked_is_refused_with_a_sentence(tim, empty):
    shown = upload(tim, empty, [[*row, "Sukamaju"] for row in tree(1)], [*HEADINGS, "kelurahan"])

    refused = press_apply(tim, shown)

    assert refused.status_code == 422
    assert "“Sukamaju” belum terdaftar" in words(refused)


def test_twins_are_listed_with_a_box_each_and_linked_when_ticked(tim, empty):
    rows = tree(1)
    rows[1][3:6] = rows[2][3:6] = ["Jumlah laporan", "Laporan", 4]
    shown = upload(tim, empty, rows)
    [twin] = shown.context["twins"]

    press_apply(tim, shown, twin=[twin["value"]])

    assert "Angka diketik sekali pada 7.01.02.2.01.0001; 7.01.02.2.01 mengikuti." in words(shown)
    assert (
        Indicator.objects.get(node__plan=empty, node__level="kegiatan", retired=False).follow_rule == "sama"
    )
