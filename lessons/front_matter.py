"""The lines between the two `---` at the top of a lesson: every value is text, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml

from lessons.nearest import did_you_mean
from lessons.source import FrontValue, Spot

REQUIRED = ("format", "asks", "needs", "competences", "risk", "reviewed", "authors", "licence")
OPTIONAL = ("tried-on", "leaves-chat", "systems", "own-pictures")
LISTS = ("asks", "needs", "competences", "authors", "tried-on", "systems")
TEXT_TAG = "tag:yaml.org,2002:str"

Found = Callable[[Spot, str, str], None]


def split(text: str, found: Found) -> tuple[str, str, int]:
    """(front matter, the rest, the line at which the rest begins). Both may be empty."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        found(
            Spot(1, 1),
            "front-matter-missing",
            "Begin the file with a line ---, then format, asks and the rest, then --- again.",
        )
        return "", text, 1
    if first > 0:
        found(
            Spot(1, 1),
            "front-matter-missing",
            "The first line of the file must be ---. Take out the empty lines above it.",
        )
    for index in range(first + 1, len(lines)):
        if lines[index].rstrip() == "---":
            return "\n".join([""] * (first + 1) + lines[first + 1 : index]), "\n".join(lines[index + 1 :]), index + 2
        if (re.match(r"#+\s+\S.*", lines[index]) and not lines[index].startswith("# ")) or lines[index].startswith(
            "!["
        ):
            break
    found(
        Spot(first + 1, 1),
        "front-matter-unclosed",
        "These lines are never closed. Write --- on a line of its own before the title.",
    )
    title = next((i for i in range(first + 1, len(lines)) if lines[i].startswith("# ")), len(lines))
    return "\n".join([""] * (first + 1) + lines[first + 1 : title]), "\n".join(lines[title:]), title + 1


def read(front: str, found: Found) -> dict[str, FrontValue]:
    """Key -> values. Everything wrong is reported; what can be used is kept."""
    try:
        node = yaml.compose(front, Loader=yaml.SafeLoader)
    except RecursionError:
        found(Spot(2, 1), "front-matter-broken", "There are too many brackets inside brackets here.")
        return {}
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = Spot(mark.line + 1, mark.column + 1) if mark else Spot(2, 1)
        found(
            spot,
            "front-matter-broken",
            f"This cannot be read: {error.problem or 'unknown trouble'}. "
            "Put a text with a colon or other marks between quotation marks.",
        )
        return {}
    except (yaml.YAMLError, ValueError) as error:
        found(Spot(2, 1), "front-matter-broken", f"This cannot be read: {str(error).splitlines()[0]}.")
        return {}
    if not isinstance(node, yaml.MappingNode):
        if front.strip():
            found(Spot(2, 1), "front-matter-broken", "Write one `key: value` on each line.")
        return {}
    values: dict[str, FrontValue] = {}
    for key_node, value_node in node.value:
        key, spot = str(getattr(key_node, "value", "")), _spot(key_node)
        if key not in REQUIRED + OPTIONAL:
            found(spot, "front-matter-key", f'"{key}" is not known here.' + did_you_mean(key, REQUIRED + OPTIONAL))
        elif key in values:
            found(spot, "front-matter-key", f'"{key}" stands here twice. Keep one.')
        else:
            values[key] = _value(key, spot, value_node, found)
    for key in REQUIRED:
        if key not in values:
            found(Spot(1, 1), "front-matter-key", f'"{key}" is missing between the two --- lines.')
    return values


def _value(key: str, spot: Spot, node: yaml.Node, found: Found) -> FrontValue:
    wants_list = key in LISTS
    if isinstance(node, yaml.SequenceNode) != wants_list:
        shape = f"a list, such as {key}: [one, two]" if wants_list else f'one text, such as {key}: "text"'
        found(_spot(node), "front-matter-text", f'"{key}" must be {shape}.')
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    texts, spots = [], []
    for item in items:
        if not isinstance(item, yaml.ScalarNode):
            found(_spot(item), "front-matter-text", f'"{key}" must hold texts only, no lists inside.')
        elif item.tag != TEXT_TAG:
            shown = item.value or "nothing"
            found(
                _spot(item),
                "front-matter-text",
                f'{shown} is read as a number, a date or a yes. Write "{item.value}" with quotation marks.',
            )
            texts.append(item.value)
            spots.append(_spot(item))
        elif not item.value.strip():
            found(_spot(item), "front-matter-text", f'"{key}" holds an empty text. Fill it in or take it out.')
        else:
            texts.append(" ".join(item.value.split()))
            spots.append(_spot(item))
    return FrontValue(tuple(texts), tuple(spots), spot, wants_list)


def _spot(node: yaml.Node) -> Spot:
    return Spot(node.start_mark.line + 1, node.start_mark.column + 1)
