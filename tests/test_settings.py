"""The settings of this computer."""

from planner.settings import DECLARED, DEFAULTS, read_settings


def test_what_is_kept_is_read_again(tmp_path):
    settings = read_settings(tmp_path / "settings.ini")
    settings.keep("theme", "dark")
    assert read_settings(tmp_path / "settings.ini").value("theme") == "dark"


def test_a_value_that_cannot_be_gives_way_to_the_default(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_text("[planner]\ntheme = mauve\ntext_percent = 100%%\nother = 1\n", encoding="utf-8")
    settings = read_settings(path)
    assert {name: settings.value(name) for name in DEFAULTS} == DEFAULTS


def test_a_file_that_cannot_be_read_gives_the_defaults(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_bytes(b"\xff\xfe no settings")
    assert read_settings(path).value("theme") == "system"


def test_a_disk_that_takes_no_more_keeps_a_setting_for_this_run_alone(tmp_path):
    (tmp_path / "taken").write_text("a file where the folder would be")
    settings = read_settings(tmp_path / "taken" / "settings.ini")
    settings.keep("theme", "dark")
    assert settings.value("theme") == "dark"


def test_recent_workspaces_are_those_still_there_newest_first(tmp_path):
    settings = read_settings(tmp_path / "settings.ini")
    paths = [tmp_path / f"{name}.planner" for name in "abcdefgh"]
    for path in paths:
        path.touch()
        settings.opened(path)
    assert settings.recent == tuple(reversed(paths[2:]))
    paths[-1].unlink()
    settings.forget(paths[-2])
    assert read_settings(tmp_path / "settings.ini").recent == tuple(reversed(paths[2:-2]))


def test_each_setting_is_declared_once_with_its_words():
    names = [setting.name for setting in DECLARED]
    assert len(names) == len(set(names))
    assert all(setting.words for setting in DECLARED)
    assert all(setting.default in setting.choices for setting in DECLARED if setting.choices)
