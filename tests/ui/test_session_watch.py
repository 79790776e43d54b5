"""Locking with the computer: what a bus says, heard over a real connection; and a clock that went on while it slept."""

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusServer

from planner.ui.session_watch import IN_THE_SESSION, ON_THE_SYSTEM, BusSignal, SessionWatch

LOCK, SLEEP = ON_THE_SYSTEM
PATHS = {LOCK: "/org/freedesktop/login1/session/_31", SLEEP: SLEEP.path}


@pytest.fixture
def bus(qapp, qtbot, tmp_path):
    """A bus of two: the end that speaks and the end that hears."""
    server = QDBusServer(f"unix:path={tmp_path}/bus")
    server.setAnonymousAuthenticationAllowed(True)
    speaking = []
    server.newConnection.connect(lambda connection: speaking.append(QDBusConnection(connection)))
    hearing = QDBusConnection.connectToPeer(server.address(), "hearing")
    qtbot.waitUntil(lambda: bool(speaking) and hearing.isConnected())
    yield speaking[0], hearing
    QDBusConnection.disconnectFromPeer("hearing")


def speak(connection: QDBusConnection, signal: BusSignal, *arguments: bool) -> None:
    """Say a signal, as its service does."""
    message = QDBusMessage.createSignal(PATHS.get(signal, "/ScreenSaver"), signal.interface, signal.name)
    message.setArguments(list(arguments))
    assert connection.send(message)


@pytest.mark.parametrize("signal", [*ON_THE_SYSTEM, *IN_THE_SESSION], ids=lambda signal: f"{signal.interface} {signal.name}")
def test_the_session_is_left_when_its_lock_or_its_sleep_is_told(bus, qtbot, signal):
    speaking, hearing = bus
    watch = SessionWatch()
    assert watch.listen(hearing, signal._replace(service=""))
    arguments = [] if signal is LOCK else [True]
    with qtbot.waitSignal(watch.left, timeout=5_000):
        speak(speaking, signal, *arguments)


def test_waking_and_unlocking_lock_nothing(bus, qtbot):
    speaking, hearing = bus
    watch, left = SessionWatch(), []
    watch.left.connect(lambda: left.append(True))
    assert watch.listen(hearing, SLEEP._replace(service=""))
    speak(speaking, SLEEP, False)
    speak(speaking, SLEEP, True)
    qtbot.waitUntil(lambda: bool(left), timeout=5_000)
    assert left == [True]
