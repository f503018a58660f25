"""The recap of many offices as one hand-written statement (SQLite): what the calculation of `figures/office_totals.py` is measured against.

It knows the usual methods and accumulations, quarters, followers, drafts, schedules and the office's rule of what leads, in floating point. It is a measure
of speed and a second opinion, nothing that a page could use.
"""

from django.db import connection

PERIODS = (1, 2, 3, 4)


def _target(number: int) -> str:
    due = f"(r.schedule = '' OR instr(r.schedule, '{number}') > 0 OR {_realised(number)} IS NOT NULL)"
    return (
        f"CASE WHEN r.number >= {number} AND {due} THEN json_extract(r.targets, '$[{number - 1}]') + 0.0 END"
    )


def _earlier(number: int, value: str) -> str:
    return f"json_extract(r.earlier, '$[{number - 1}].{value}') + 0.0"


def _value(number: int, value: str) -> str:
    return f"CASE WHEN r.number > {number} THEN {_earlier(number, value)} WHEN r.number = {number} THEN r.{value} END"


def _realised(number: int) -> str:
    above, below = _value(number, "numerator"), _value(number, "denominator")
    return f"CASE WHEN r.accumulation = 'rasio' THEN 100.0 * ({above}) / nullif({below}, 0) ELSE {_value(number, 'realised')} END"


def _columns() -> str:
    found = []
    for number in PERIODS:
        found += [f"{_target(number)} AS t{number}", f"{_realised(number)} AS r{number}"]
        found += [
            f"{_value(number, 'numerator')} AS x{number}",
            f"{_value(number, 'denominator')} AS y{number}",
        ]
    return ", ".join(found)


def _sum(letter: str, where: str = "") -> str:
    parts = [f"coalesce(CASE WHEN 1=1 {where.format(n=n)} THEN {letter}{n} END, 0)" for n in PERIODS]
    return " + ".join(parts)


def _filled(letter: str) -> str:
    return " + ".join(f"({letter}{n} IS NOT NULL)" for n in PERIODS)


def _last(letter: str, known: str) -> str:
    return (
        "CASE "
        + " ".join(f"WHEN {known}{n} IS NOT NULL THEN {letter}{n}" for n in reversed(PERIODS))
        + " END"
    )


BOTH = "AND x{n} IS NOT NULL AND y{n} IS NOT NULL"
STATEMENT = f"""
WITH RECURSIVE
own AS MATERIALIZED (
  SELECT r.*, c.number, c.sasaran_lead, c.program_lead, c.kegiatan_lead, c.mean_cap, c.zero_is_met
  FROM measurement_worksheetrow r JOIN measurement_measurementcycle c ON c.id = r.cycle_id
  WHERE c.year = %s AND c.number = %s
),
link(row_id, cycle_id, source_id, follows) AS (
  SELECT id, cycle_id, id, follows FROM own WHERE follow_rule <> ''
  UNION ALL
  SELECT l.row_id, l.cycle_id, s.id, s.follows FROM link l, json_each(l.follows) e
  JOIN measurement_worksheetrow s ON s.cycle_id = l.cycle_id AND s.indicator_id = json_extract(e.value, '$.indicator')
),
taken AS (
  SELECT l.row_id, max(s.state IN ('kosong', 'draf', 'dikembalikan')) AS is_draft, max(s.realised IS NULL AND s.numerator IS NULL) AS is_blank,
    CASE WHEN f.follow_rule = 'rata_rata' THEN avg(s.realised) ELSE sum(s.realised) END AS realised,
    sum(s.numerator) AS numerator, sum(s.denominator) AS denominator
  FROM link l JOIN measurement_worksheetrow s ON s.id = l.source_id JOIN own f ON f.id = l.row_id
  WHERE s.follow_rule = '' GROUP BY l.row_id
),
r AS (
  SELECT o.id, o.cycle_id, o.node_id, o.number, o.state, o.planned, o.stopped, o.method, o.accumulation, o.schedule, o.targets, o.earlier, o.zero_is_met,
    CASE WHEN t.row_id IS NULL THEN o.state IN ('kosong', 'draf', 'dikembalikan') ELSE t.is_draft END AS is_draft,
    CASE WHEN o.state = 'dikecualikan' OR t.is_blank THEN NULL WHEN t.row_id IS NULL THEN o.realised ELSE t.realised END AS realised,
    CASE WHEN o.state = 'dikecualikan' OR t.is_blank THEN NULL WHEN t.row_id IS NULL THEN o.numerator ELSE t.numerator END AS numerator,
    CASE WHEN o.state = 'dikecualikan' OR t.is_blank THEN NULL WHEN t.row_id IS NULL THEN o.denominator ELSE t.denominator END AS denominator
  FROM own o LEFT JOIN taken t ON t.row_id = o.id
),
p AS MATERIALIZED (SELECT r.*, {_columns()} FROM r),
d AS MATERIALIZED (
  SELECT id, cycle_id, node_id, state, planned, stopped, is_draft, method, zero_is_met,
    CASE accumulation
      WHEN 'jumlah' THEN CASE WHEN {_filled("t")} > 0 THEN {_sum("t")} END
      WHEN 'rata_rata' THEN ({_sum("t")}) / nullif({_filled("t")}, 0)
      WHEN 'rasio' THEN {_last("t", "t")}
      ELSE coalesce({_last("t", "r")}, {_last("t", "t")}) END AS target,
    CASE accumulation
      WHEN 'jumlah' THEN CASE WHEN {_filled("r")} > 0 THEN {_sum("r")} END
      WHEN 'rata_rata' THEN ({_sum("r")}) / nullif({_filled("r")}, 0)
      WHEN 'rasio' THEN CASE WHEN {_filled("x")} > 0 THEN 100.0 * ({_sum("x", BOTH)}) / nullif({_sum("y", BOTH)}, 0) ELSE {_last("r", "r")} END
      ELSE {_last("r", "r")} END AS realised
  FROM p
),
f AS MATERIALIZED (
  SELECT id, cycle_id, node_id, state, planned, is_draft,
    NOT planned OR stopped AS is_unplanned,
    CASE WHEN NOT planned OR stopped OR is_draft OR state = 'belum_waktunya' OR realised IS NULL THEN NULL
      WHEN method = 'ya_tidak' THEN CASE WHEN realised = 0 THEN 0.0 ELSE 100.0 END
      WHEN target IS NULL THEN NULL
      WHEN target = 0 THEN CASE WHEN method = 'minimum' AND zero_is_met THEN CASE WHEN realised <= 0 THEN 100.0 ELSE 0.0 END END
      WHEN method = 'minimum' THEN max(0.0, (2 * target - realised) / target * 100)
      WHEN method = 'minimum_rasio' THEN target / nullif(realised, 0) * 100
      WHEN method = 'stabil' THEN max(0.0, CASE WHEN realised > target THEN 200 - realised / target * 100 ELSE realised / target * 100 END)
      ELSE realised / target * 100 END AS capaian
  FROM d
),
own_mean AS MATERIALIZED (
  SELECT node_id, avg(capaian) AS capaian, max(NOT is_unplanned) AS is_measured FROM f GROUP BY node_id
),
n AS MATERIALIZED (
  SELECT n.id, n.parent_id, n.cycle_id, n.level, o.capaian, coalesce(o.is_measured, 0) AS is_measured, n.pagu, n.spent, n.spent_before,
    c.sasaran_lead, c.program_lead, c.kegiatan_lead
  FROM measurement_worksheetnode n JOIN measurement_measurementcycle c ON c.id = n.cycle_id LEFT JOIN own_mean o ON o.node_id = n.id
  WHERE c.year = %s AND c.number = %s
),
keg AS MATERIALIZED (
  SELECT k.id, k.parent_id, k.cycle_id,
    CASE WHEN k.kegiatan_lead = 'sendiri' AND k.is_measured THEN k.capaian ELSE coalesce(avg(s.capaian), k.capaian) END AS capaian
  FROM n k LEFT JOIN n s ON s.parent_id = k.id WHERE k.level = 'kegiatan' GROUP BY k.id
),
prog AS MATERIALIZED (
  SELECT p.id, p.parent_id, p.cycle_id,
    CASE WHEN p.program_lead = 'sendiri' AND p.is_measured THEN p.capaian ELSE coalesce(avg(k.capaian), p.capaian) END AS capaian
  FROM n p LEFT JOIN keg k ON k.parent_id = p.id WHERE p.level = 'program' GROUP BY p.id
),
sas AS MATERIALIZED (
  SELECT s.id, s.cycle_id,
    CASE WHEN s.sasaran_lead = 'sendiri' AND s.is_measured THEN s.capaian ELSE coalesce(avg(p.capaian), s.capaian) END AS capaian
  FROM n s LEFT JOIN prog p ON p.parent_id = s.id WHERE s.level = 'sasaran' GROUP BY s.id
),
open_money AS (
  SELECT node_id FROM own WHERE planned AND state NOT IN ('mengikuti', 'belum_waktunya', 'dikecualikan')
  GROUP BY node_id HAVING min(state IN ('kosong', 'draf', 'dikembalikan')) = 1
),
money AS (
  SELECT cycle_id, sum(pagu) AS pagu,
    sum(CASE WHEN m.node_id IS NOT NULL OR spent IS NULL THEN CASE WHEN spent_before <> 0 THEN spent_before END ELSE spent + spent_before END) AS spent
  FROM n LEFT JOIN open_money m ON m.node_id = n.id WHERE level = 'sub_kegiatan' GROUP BY cycle_id
),
sent AS (
  SELECT cycle_id, count(*) AS asked, sum(state NOT IN ('kosong', 'draf', 'dikembalikan')) AS sent FROM own
  WHERE planned AND state NOT IN ('mengikuti', 'belum_waktunya', 'dikecualikan') GROUP BY cycle_id
)
SELECT m.cycle_id, avg(s.capaian), m.pagu, m.spent, e.sent, e.asked
FROM money m JOIN sas s ON s.cycle_id = m.cycle_id JOIN sent e ON e.cycle_id = m.cycle_id GROUP BY m.cycle_id
"""


def totals_in_sql(year: int, number: int) -> list[tuple]:
    """Cycle, capaian, pagu, money spent to date, rows sent, rows asked for."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [year, number, year, number])
        return list(cursor.fetchall())
