"""Writing a rule's table as TOML again, so that one rule of a council's file can be kept by itself."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.core.errors import Refused

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def rule_text(table: Mapping[str, Any]) -> str:
    """A table as `key = value` lines; read as TOML, they are the table again. Raises Refused for a value no rule holds."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in table.items())


def _key(key: str) -> str:
    bare = key.replace("_", "").replace("-", "")
    return key if bare.isascii() and bare.isalnum() else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(one)}' for key, one in value.items())} }}"
    raise Refused(f"{value!r} is not a value a rule can hold.")


def _text(value: str) -> str:
    written = "".join(_ESCAPES.get(one, one if one >= " " and one != "\x7f" else f"\\u{ord(one):04x}") for one in value)
    return f'"{written}"'
