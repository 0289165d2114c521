"""Moodle grades an answer only with shares from its own list, written with up to seven places."""

GRADES = (
    "100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20", "16.66667", "14.28571", "12.5", "11.11111",
    "10", "5", "0",
)
"""In percent, as Moodle itself writes them."""


def grade(percent: float) -> tuple[str, bool]:
    """Return the nearest share on the list, with its sign, and whether it is exactly what was meant."""
    best = min(GRADES, key=lambda one: abs(float(one) - abs(percent)))
    sign = "-" if percent < 0 and best != "0" else ""
    return sign + best, abs(float(best) - abs(percent)) < 0.00001


__all__ = ["GRADES", "grade"]
