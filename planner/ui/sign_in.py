"""The page before a workspace is open: choose one, unlock it and say who is working; or make one, or look at a sample."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from planner.core.errors import InUse, NotOurs, PlannerError, WrongPassphrase
from planner.core.records import Person
from planner.paths import workspaces_folder
from planner.settings import Settings
from planner.ui.background import Background, Home
from planner.ui.opening import SAMPLES, SUFFIX, NewWorkspace, Opening
from planner.ui.recovery_forms import FreshPassphraseForm, RecoveryForm
from planner.ui.sign_in_forms import Form, NewForm, UnlockForm
from planner.ui.table import Column, RowsModel, RowsView
from planner.ui.theme import Theme, current_theme, theme_changes
from planner.ui.widgets.button import Button
from planner.ui.widgets.words import Words

WIDTH = 480
WIDEST_SCALE = 1.5
ABOUT = "The team's children, visits and workload, kept in one encrypted file on this computer."
FIRST_RUN = (
    "No workspace has been opened on this computer yet. Make a new one and bring the children in on its Case system page, or "
    "open a file that somebody made for your team."
)
ABOUT_SAMPLES = "Every child, worker and visit in it is invented, and it can be changed freely."
_RECENT_COLUMNS = (Column("Workspace", lambda path: path.stem, strong=True, stretch=True, width=240),)
_PEOPLE_COLUMNS = (
    Column("Name", lambda person: person.name, strong=True, stretch=True, width=200),
    Column("Role", lambda person: person.role, width=180),
)


class Welcome(Form):
    """Recent workspaces, another file, a new one, and the sample projects."""

    path_chosen = Signal(object)
    new_asked = Signal()
    sample_asked = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("Open a workspace", parent)
        self.settings = settings
        self.first = Words(FIRST_RUN, "body", "muted")
        self.column.addWidget(self.first)
        self.recent_model = RowsModel(_RECENT_COLUMNS, settings.recent, self)
        self.recent = RowsView(self.recent_model, "Recent workspaces")
        self.recent.horizontalHeader().hide()
        self.recent.row_opened.connect(self.path_chosen)
        self.recent.clicked.connect(lambda index: self.path_chosen.emit(self.recent_model.row_at(index)))
        self.column.addWidget(self.recent)
        self.open_file = Button("Open another file", self._on_file_asked)
        self.new = Button("New workspace", self.new_asked.emit)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.open_file)
        row.addWidget(self.new)
        row.addStretch(1)
        self.column.addSpacing(8)
        self.column.addLayout(row)
        self.column.addSpacing(24)
        self.column.addWidget(Words("Or look round in a sample project", "section"))
        self.column.addWidget(Words(ABOUT_SAMPLES, "body", "muted"))
        self.samples = [Button(title, self._sample_asker(name)) for name, title in SAMPLES.items()]
        samples = QHBoxLayout()
        samples.setSpacing(8)
        for button in self.samples:
            samples.addWidget(button)
        samples.addStretch(1)
        self.column.addSpacing(8)
        self.column.addLayout(samples)
        self.column.addSpacing(12)
        self.add_foot()
        self.show_recent()

    def show_recent(self) -> None:
        """Show the workspaces opened lately."""
        self.recent_model.set_rows(self.settings.recent)
        self.first.setVisible(not self.settings.recent)
        self.recent.setVisible(bool(self.settings.recent))
        self.recent.setFixedHeight(self.recent.height_of_all() + 4)

    def _sample_asker(self, name: str) -> Callable[[], None]:
        return lambda: self.sample_asked.emit(name)

    def _on_file_asked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "Open a workspace", str(workspaces_folder()), f"Workspaces (*{SUFFIX})")
        if chosen:
            self.path_chosen.emit(Path(chosen))


class WhoIsWorking(Form):
    """The people of a workspace, to choose oneself from."""

    person_chosen = Signal(object)
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Who is working?", parent)
        self.model = RowsModel(_PEOPLE_COLUMNS, (), self)
        self.people = RowsView(self.model, "People of this workspace")
        self.people.setMinimumHeight(240)
        self.people.row_opened.connect(self.person_chosen)
        self.column.addWidget(self.people)
        self.add_foot(Button("Back", self.back_asked.emit), Button("Start work", self._on_start_pressed, kind="primary"))

    def show_people(self, people: tuple[Person, ...]) -> None:
        """Offer the people, the first manager marked, else the first."""
        self.model.set_rows(people)
        managers = [person for person in people if person.role == "team manager"]
        self.people.select_row((managers or people)[0])
        self.people.setFocus()

    def _on_start_pressed(self) -> None:
        if self.people.current_row() is not None:
            self.person_chosen.emit(self.people.current_row())


class SignInPage(QWidget):
    """Goes from the choice of a workspace to someone signed in to it, and closes one that is left.

    Says `signed_in` with the workspace, and `let_gone` once one is closed.
    """

    signed_in = Signal(object)
    let_gone = Signal()

    def __init__(self, opening: Opening, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.opening = opening
        self.settings = settings
        self._home = Home(self)
        self._background = Background(threads=1)
        self._workspace: Any = None
        self._is_busy = False
        self._locked_person = ""
        self._typed = ""
        self.welcome = Welcome(settings)
        self.unlock = UnlockForm()
        self.new = NewForm(workspaces_folder())
        self.recovery = RecoveryForm()
        self.fresh = FreshPassphraseForm()
        self.who = WhoIsWorking()
        self._all_forms: tuple[Form, ...] = (self.welcome, self.unlock, self.new, self.recovery, self.fresh, self.who)
        self.form: Form = self.welcome
        self._lay_out()
        self._connect()
        self._show(self.welcome)

    def _lay_out(self) -> None:
        self._middle = QWidget()
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(8, 56, 8, 24)
        column.setSpacing(4)
        column.addWidget(Words("Planner", "title"))
        column.addWidget(Words(ABOUT, "body", "muted"))
        column.addSpacing(24)
        for form in self._all_forms:
            column.addWidget(form, 1)
        self._middle.installEventFilter(self)
        theme_changes.changed.connect(self._on_theme_changed)
        self._on_theme_changed(current_theme())
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.addWidget(self._middle, 0, Qt.AlignmentFlag.AlignHCenter)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the height the words need at this width: left alone, a page that scrolls cuts lines that wrap."""
        layout = self._middle.layout()
        if event.type() == QEvent.Type.LayoutRequest and layout is not None:
            self._middle.setMinimumHeight(layout.totalHeightForWidth(self._middle.width()))
        return False

    def _on_theme_changed(self, theme: Theme) -> None:
        self._middle.setFixedWidth(round(WIDTH * min(theme.text_scale, WIDEST_SCALE)) + 16)

    def _connect(self) -> None:
        self.welcome.path_chosen.connect(self.ask_passphrase)
        self.welcome.new_asked.connect(self._on_new_asked)
        self.welcome.sample_asked.connect(self._on_sample_asked)
        self.unlock.unlock_asked.connect(self.open_workspace)
        self.unlock.backup_asked.connect(self._on_backup_asked)
        self.new.create_asked.connect(self._on_create_asked)
        self.recovery.done.connect(self._finish)
        self.fresh.set_asked.connect(self._on_fresh_passphrase_asked)
        self.who.person_chosen.connect(self._on_person_chosen)
        for form in (self.unlock, self.new, self.fresh, self.who):
            form.back_asked.connect(self.start_again)

    def start_again(self) -> None:
        """Back to the choice of a workspace; one that was unlocked but not signed in to is closed."""
        self._locked_person = ""
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            self.let_go(workspace)
        self.welcome.show_recent()
        self._show(self.welcome)
        (self.welcome.recent if self.settings.recent else self.welcome.new).setFocus()

    def ask_passphrase(self, path: Path) -> None:
        """Ask for the passphrase of a workspace."""
        self._locked_person = ""
        self._show(self.unlock)
        self.unlock.show_path(path)

    def ask_again(self, path: Path, person_id: str) -> None:
        """The lock page: the passphrase alone brings the same person back."""
        self.ask_passphrase(path)
        self._locked_person = person_id
        self.unlock.show_locked(path)

    def _show(self, form: Form) -> None:
        self.form = form
        for other in self._all_forms:
            other.setVisible(other is form)

    def close_threads(self) -> None:
        """Wait for what is under way; called when the application ends."""
        self._background.close(drop=False)

    def run_in_background(
        self, function: Callable[..., Any], *args: Any, then: Callable[[Any], Any], failed: Callable[[BaseException], Any]
    ) -> None:
        """Call a function on the thread that opens workspaces; its value goes to `then`."""
        self._home.deliver(self._background.submit(function, *args), then, failed)

    def let_go(self, workspace: Any) -> None:
        """Close a workspace on the thread that opens them, so that it can be opened again at once; then say so."""
        self.run_in_background(workspace.close, then=self._on_closed, failed=self._on_closed)

    def _on_closed(self, _outcome: object) -> None:
        self.let_gone.emit()

    # What is asked

    def _on_new_asked(self) -> None:
        self._show(self.new)
        self.new.say_trouble("")
        self.new.name.setFocus()

    def _on_sample_asked(self, name: str) -> None:
        self._open("Making the sample project …", self.opening.sample, name)

    def open_workspace(self, path: Path, passphrase: str) -> None:
        """Unlock a workspace with a passphrase that was typed, or given where the planner was started."""
        self._typed = passphrase
        self._open("Unlocking …", self.opening.open, path, passphrase)

    def _on_backup_asked(self, path: Path, passphrase: str) -> None:
        self._open("Opening the newest backup …", self.opening.open_backup, path, passphrase)

    def _on_create_asked(self, wanted: NewWorkspace) -> None:
        self._open("Making the workspace …", self.opening.create, wanted)

    def _on_person_chosen(self, person: Person) -> None:
        self._workspace.sign_in(person.id)
        self._finish()

    # Opening on the thread

    def _open(self, words: str, function: Callable[..., Any], *args: Any) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        self.form.say_progress(words)
        self.run_in_background(function, *args, then=self._on_workspace_opened, failed=self._on_opening_failed)

    def _on_workspace_opened(self, workspace: Any) -> None:
        self._is_busy = False
        self.form.say_progress("")
        self._workspace = workspace
        if self.form is self.new:
            self._show(self.recovery)
            self.recovery.start(workspace, self.run_in_background)
        elif workspace.opened_by_code:
            self._show(self.fresh)
            self.fresh.start()
        else:
            self._come_in(workspace)

    def _come_in(self, workspace: Any) -> None:
        """Ask who is working, unless that is known."""
        locked, self._locked_person = self._locked_person, ""
        if workspace.person is None and locked in {person.id for person in workspace.people()}:
            workspace.sign_in(locked)
        if workspace.person is not None:
            self._finish()
        else:
            self._show(self.who)
            self.who.show_people(workspace.people())

    def _on_fresh_passphrase_asked(self, fresh: str) -> None:
        if not self._is_busy:
            self._is_busy = True
            self.form.say_progress("Setting the passphrase …")
            args = (self._workspace, self._typed, fresh)
            self.run_in_background(
                _with_fresh_passphrase, *args, then=self._on_fresh_passphrase_set, failed=self._on_opening_failed
            )

    def _on_fresh_passphrase_set(self, workspace: Any) -> None:
        self._is_busy = False
        self.form.say_progress("")
        self._come_in(workspace)

    def _on_opening_failed(self, trouble: BaseException) -> None:
        self._is_busy = False
        if not isinstance(trouble, PlannerError):
            self.form.say_trouble("")
            raise trouble
        if isinstance(trouble, WrongPassphrase) and self.form is self.unlock:
            self.unlock.say_wrong(trouble.sentence, trouble.wait_s)
            return
        self.form.say_trouble(trouble.sentence)
        self.unlock.backup.setVisible(isinstance(trouble, InUse | NotOurs) and self.form is self.unlock)

    def _finish(self) -> None:
        workspace, self._workspace = self._workspace, None
        if not workspace.read_only:
            self.settings.opened(workspace.path)
        self._forget_secrets()
        self._show(self.welcome)
        self.signed_in.emit(workspace)

    def _forget_secrets(self) -> None:
        self._typed = ""
        self.recovery.steps.forget()
        for field in (self.unlock.passphrase, self.new.passphrase, self.new.again, self.fresh.passphrase, self.fresh.again):
            field.line.clear()


def _with_fresh_passphrase(workspace: Any, code: str, fresh: str) -> Any:
    """The workspace once its passphrase is changed; called on a thread. Raises Refused where the new one is weak."""
    workspace.change_passphrase(code, fresh).result()
    return workspace
