"""Opening and making workspaces, as the sign-in page asks for it; every function here waits, so it is called on a thread."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planner.actions.samples import SAMPLE_PASSPHRASE, sample_workspace
from planner.actions.workspace import Workspace
from planner.core.records import Person, Team
from planner.paths import samples_folder

SUFFIX = ".planner"
SAMPLES = {"southampton": "Southampton", "newcastle": "Newcastle"}


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What a person says of a workspace they want made."""

    path: Path
    name: str
    passphrase: str
    person_name: str
    team_name: str


@dataclass(frozen=True, slots=True)
class Opening:
    """How this computer opens workspaces: by its clock and under its name."""

    clock: Callable[[], datetime]
    device_name: str

    def open(self, path: Path, passphrase: str) -> Workspace:
        """Open a workspace. Raises WrongPassphrase, InUse, NotOurs or Environment."""
        return Workspace.open(path, passphrase, device_name=self.device_name, clock=self.clock)

    def open_backup(self, path: Path, passphrase: str) -> Workspace:
        """Look at the newest backup of a workspace, read only."""
        return Workspace.open_backup(path, passphrase, clock=self.clock)

    def create(self, wanted: NewWorkspace) -> Workspace:
        """Make a workspace with one person and one team. Raises Refused or Environment."""
        person = Person(id=uuid.uuid4().hex, name=wanted.person_name)
        team = Team(id=uuid.uuid4().hex, name=wanted.team_name, manager=wanted.person_name)
        return Workspace.create(
            wanted.path,
            wanted.passphrase,
            name=wanted.name,
            person=person,
            device_name=self.device_name,
            clock=self.clock,
            records=[team] if wanted.team_name else [],
        )

    def sample(self, name: str) -> Workspace:
        """Open a sample project, made anew where this computer has none yet."""
        path = samples_folder() / f"{name}{SUFFIX}"
        if path.is_file():
            return self.open(path, SAMPLE_PASSPHRASE)
        return sample_workspace(path, name, device_name=self.device_name, clock=self.clock)
