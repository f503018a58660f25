"""The machine of a cycle as a drawing: its states from top to bottom, its moves as arrows. Read from the machine itself, not from the table."""

from measurement.models import MeasurementCycle
from measurement.rules.sop import ACTIONS, State
from measurement.rules.sop_edition import Sop

WIDTH, LEFT, BOX_WIDTH, BOX_HEIGHT, PITCH, TOP = 340, 8, 120, 26, 58, 6
MIDDLE = LEFT + BOX_WIDTH // 2
BEND = 300  # how far to the right a move back swings out


def drawn_states(sop: Sop) -> dict:
    """Boxes and arrows in the units of the drawing, with one sentence that says the same."""
    moves = sorted(_machine(), key=lambda move: ACTIONS.index(move.name))
    tops = {state: TOP + PITCH * place for place, state in enumerate(_states(moves))}
    return {
        "width": str(WIDTH),
        "height": str(TOP + PITCH * (len(tops) - 1) + BOX_HEIGHT + 4),
        "states": [_box(state, top, is_last=state == list(tops)[-1]) for state, top in tops.items()],
        "moves": [
            _arrow(move.name, sop.action_label(move.name), tops[move.source], tops[move.target])
            for move in moves
        ],
        "alt": "; ".join(f"{sop.action_label(move.name)}: {move.source} ke {move.target}" for move in moves),
    }


def _machine() -> list:
    """The moves of the SOP; that an order may be withdrawn from anywhere is none of them."""
    found = MeasurementCycle._meta.get_field("state").get_all_transitions(MeasurementCycle)
    return [move for move in found if move.name in ACTIONS]


def _states(moves: list) -> list[str]:
    """The states in the order in which a cycle meets them."""
    return list(dict.fromkeys(state for move in moves for state in (move.source, move.target)))


def _box(state: str, top: int, is_last: bool) -> dict:
    return {
        "x": str(LEFT),
        "y": str(top),
        "width": str(BOX_WIDTH),
        "height": str(BOX_HEIGHT),
        "text_x": str(MIDDLE),
        "text_y": str(top + 18),
        "label": State(state).value.capitalize(),
        "is_last": is_last,
    }


def _arrow(action: str, label: str, source: int, target: int) -> dict:
    """Down to the next state; a move back leaves its box on the right and comes in from there, its words beside the first box that it passes."""
    if target > source:
        start, end = source + BOX_HEIGHT, target
        place = {"text_x": str(MIDDLE + 10), "text_y": str((start + end) // 2 + 4)}
        return place | {
            "path": f"M{MIDDLE} {start}V{end - 6}",
            "head": f"M{MIDDLE - 5} {end - 7}h10l-5 7z",
            "label": label,
            "is_back": False,
        }
    right, start, end = LEFT + BOX_WIDTH, source + BOX_HEIGHT // 2, target + BOX_HEIGHT // 2
    return {
        "text_x": str(right + 8),
        "text_y": str(end + PITCH + 4),
        "path": f"M{right} {start}H{BEND}Q{BEND + 14} {start} {BEND + 14} {start - 14}V{end + 14}Q{BEND + 14} {end} {BEND} {end}H{right + 7}",
        "head": f"M{right + 8} {end - 5}v10l-8 -5z",
        "label": label,
        "is_back": True,
    }
