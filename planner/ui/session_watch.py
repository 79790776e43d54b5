"""Locking with the computer: when its session is locked or it goes to sleep, as far as the system says so.

On Linux logind and the screen savers say it over D-Bus, before the computer sleeps. Elsewhere Qt says neither; there the
idle watch sees on waking that the clock went on without it, and locks then.
"""

import sys
from typing import Any, NamedTuple

from PySide6.QtCore import SLOT, QObject, Signal, Slot


class BusSignal(NamedTuple):
    """A signal of a bus that is waited for: whose it is, on which object (empty: any), and the slot that hears it."""

    service: str
    path: str
    interface: str
    name: str
    slot: str


ON_THE_SYSTEM = (
    BusSignal("org.freedesktop.login1", "", "org.freedesktop.login1.Session", "Lock", "_on_locked()"),
    BusSignal(
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        "PrepareForSleep",
        "_on_state_changed(bool)",
    ),
)
IN_THE_SESSION = tuple(
    BusSignal(service, "", service, "ActiveChanged", "_on_state_changed(bool)")
    for service in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver")
)


class SessionWatch(QObject):
    """Says `left` when the session is locked or the computer is about to sleep."""

    left = Signal()

    def start(self) -> bool:
        """Listen to the buses of this computer; False where the system has none, or none that answers."""
        if not sys.platform.startswith("linux"):
            return False
        from PySide6.QtDBus import QDBusConnection

        heard = [self.listen(QDBusConnection.systemBus(), signal) for signal in ON_THE_SYSTEM]
        heard += [self.listen(QDBusConnection.sessionBus(), signal) for signal in IN_THE_SESSION]
        return any(heard)

    def listen(self, bus: Any, signal: BusSignal) -> bool:
        """Wait for one signal of a `QDBusConnection`."""
        service, path, interface, name, slot = signal
        return bool(bus.isConnected() and bus.connect(service, path, interface, name, self, SLOT(slot)))

    @Slot()
    def _on_locked(self) -> None:
        self.left.emit()

    @Slot(bool)
    def _on_state_changed(self, is_leaving: bool) -> None:
        if is_leaving:
            self.left.emit()
