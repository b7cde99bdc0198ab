"""Days, weeks, months and years in TIMEX3 and EDTF, from a day of reference."""

import re
from datetime import date, timedelta

WEEKDAYS = {
    name: n
    for n, names in enumerate(
        [
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ]
    )
    for name in names.split()
}
MONTHS = {
    name: n + 1
    for n, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ]
    )
    for name in names.split()
}
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "nights": "NI", "midday": "MI", "overnight": "NI",
}  # fmt: skip
UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W", "weekend": "D",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "DE", "century": "CE", "centurie": "CE",
}  # fmt: skip


def parse(value: str | None) -> date | None:
    """The day that an EDTF or ISO value begins with; None if it has no day."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", value or "")
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def shift(day: date, days: int) -> date:
    """A day moved by some days; the day itself where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def day_of(reference: date, weekday: int, *, ahead: bool) -> date:
    """The nearest such weekday: today or before, or after it where the text looks ahead."""
    back = (reference.weekday() - weekday) % 7
    if ahead:
        return shift(reference, (7 - back) % 7)
    return shift(reference, -back)


def month_of(reference: date, month: int, *, ahead: bool) -> int:
    """The year of a month named without one."""
    if ahead:
        return reference.year + (month < reference.month)
    return reference.year - (month > reference.month)


def week(day: date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def moved_months(reference: date, by: int) -> str:
    total = reference.year * 12 + reference.month - 1 + by
    return f"{total // 12:04}-{total % 12 + 1:02}"


def moved(reference: date, unit: str, by: int) -> str:
    """The reference moved by a number of units, at the precision of the unit."""
    try:
        match unit:
            case "D":
                return (reference + timedelta(days=by)).isoformat()
            case "W":
                return week(reference + timedelta(weeks=by))
            case "M":
                return moved_months(reference, by)
            case "Q":
                quarter = reference.year * 4 + (reference.month - 1) // 3 + by
                return f"{quarter // 4:04}-Q{quarter % 4 + 1}"
            case "Y":
                return f"{reference.year + by:04}"
            case "DE":
                return f"{(reference.year + 10 * by) // 10:03}"
            case _:
                return "PAST_REF" if by < 0 else "FUTURE_REF"
    except OverflowError:
        return "PAST_REF" if by < 0 else "FUTURE_REF"


def edtf(value: str) -> str | None:
    """A TIMEX3 date value as EDTF: a day, month, year or decade; None where it is no date."""
    if found := re.match(r"\d{4}-\d{2}-\d{2}", value):
        return found.group()
    if found := re.match(r"(\d{4})-W(\d{2})(-WE)?$", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        first = monday + timedelta(days=5 if found[3] else 0)
        return f"{first.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if re.fullmatch(r"\d{4}(-\d{2})?", value):
        return value
    if found := re.fullmatch(r"(\d{3})X?", value):
        return f"{found[1]}X"
    return None
