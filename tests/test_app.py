"""The program as a person starts it."""

import subprocess
import sys

STARTED = """
import sys
from PySide6.QtCore import QTimer
import planner.app as app
import planner.ui.loading as loading

HEAVY = ("pyqtgraph", "pandas", "alembic", "typst", "numpy", "xlsxwriter", "python_calamine")
application = app.make_application()
planner = app.Planner(application, app.read_settings())
loading.load_early = lambda: None
planner.start()
assert planner.window.isVisible()
early = [name for name in ("sqlalchemy", "planner.core.records", "planner.reports") if name in sys.modules]
assert not early, early
look = QTimer(interval=20)
look.timeout.connect(lambda: planner.sign_in is not None and planner.sign_in.isVisible() and application.quit())
look.start()
application.exec()
planner.finish()
print("HEAVY", [name for name in HEAVY if name in sys.modules])
"""

CLOSED_AT_ONCE = """
import sys
from PySide6.QtCore import QTimer
import planner.app as app

application = app.make_application()
QTimer.singleShot(400, application.closeAllWindows)
print("STATUS", app.run())
"""

LOADED_WHILE_QT_IS_NAMED = """
import sys
from PySide6 import QtCore, QtGui, QtWidgets
import planner.app as app
from planner.ui.loading import EarlyLoading

application = app.make_application()
sys.setswitchinterval(1e-6)
loading = EarlyLoading(application)
loading.start()


def name_all():
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
    if not loading.thread_begun.is_alive():
        print("LOADED", "planner.ui.screens" in sys.modules)
        application.quit()


naming = QtCore.QTimer(interval=0)
naming.timeout.connect(lambda: "pyqtgraph" in sys.modules and name_all())
naming.start()
application.exec()
"""


def run_apart(program):
    """A program in a process of its own."""
    return subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, timeout=60, check=False)


def test_the_window_shows_before_anything_heavy_is_imported(own_folders):
    done = run_apart(STARTED)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_the_program_starts_and_ends_without_a_word(own_folders):
    done = run_apart(CLOSED_AT_ONCE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "STATUS 0"
    said = [line for line in done.stderr.splitlines() if not line.startswith("This plugin does not support")]
    assert said == []


def test_what_is_loaded_on_a_thread_never_meets_the_window_making_the_same_type(own_folders):
    done = run_apart(LOADED_WHILE_QT_IS_NAMED)
    assert done.returncode == 0, done.stderr[:2_000]
    assert done.stdout.splitlines()[-1] == "LOADED True"
