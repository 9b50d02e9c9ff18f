"""Exporting a story while it plays: asked for, announced, and not lost by quitting."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.notifications import SeverityLevel

from player.audio.clock import clock, in_bytes
from player.library.left_exports import State
from player.story.text import printable
from player.tui.background import Job, JobDone, JobFailed
from player.tui.export_job import ExportJob
from player.tui.listening import Listening
from player.tui.messages import ExportFailed, ExportFinished, ExportProgressed
from player.tui.playing_app import PlayingApp

if TYPE_CHECKING:
    from subprocess import Popen

    from player.errors import Unsaid
    from player.tui.screens.export import Choice
    from player.tui.screens.quit import Quit


_LOOK_AGAIN_SECONDS = 5.0
"""Seconds between two looks at exports in the background, while there are some."""


class Exporting(PlayingApp):
    """One export at a time."""

    _job: ExportJob | None = None
    _choice: Choice
    """What is exported, or was last."""
    _refused: Unsaid | None = None
    """The last export's error if leaving out unspeakable sentences would help, else None."""
    _quit_when_exported = False
    _exported: Listening
    """The story that is exported."""
    _leaving: Job | None = None
    """The work of leaving the export to another process, which goes on when this one ends."""
    left_to: Popen[bytes] | None = None
    """That process."""
    farewell = ""
    """What to tell when the screen is gone."""

    async def action_quit(self) -> None:
        """Quit. Ask first if that stops an export; a second Ctrl-C counts as yes."""
        if self._job is None:
            self.exit()
            return
        from player.tui.screens.export import ExportProgress
        from player.tui.screens.quit import QuitScreen

        if isinstance(self.screen, QuitScreen):
            self.exit()
            return
        if isinstance(self.screen, ExportProgress):
            self.screen.dismiss(False)
        self.push_screen(QuitScreen(self._job.path), self._quit_or_stay)

    def _quit_or_stay(self, when: Quit | None) -> None:
        self._quit_when_exported = when == "exported"
        if when == "now":
            self.exit()
        elif when == "left" and self._job is not None:
            job, listening = self._job, self._exported
            self.farewell = f"The export goes on in the background (see listen recent): {printable(str(job.path))}"
            self._leaving = Job("Leaving the export in the background")
            self.notify(f"{self._leaving.name} …", markup=False)
            path, chapter, skip = self._choice
            self._leaving.start(lambda _: listening.leave_export(path, chapter, skip_unspeakable=skip), self)

    @on(JobDone)
    def quit_when_left(self, message: JobDone) -> None:
        """Quit when another process makes the file."""
        if message.job is self._leaving:
            self.left_to = message.result
            self.exit()

    @on(JobFailed)
    def complain_about_leaving(self, message: JobFailed) -> None:
        """Tell why the export was not left; it goes on here."""
        if message.job is self._leaving:
            self._leaving, self.farewell = None, ""
            self.notify(printable(message.reason), severity="error", markup=False)

    @work(thread=True)
    def look_at_left_exports(self) -> None:
        """Tell of exports in the background that ended since, and look again while others go on."""
        from player.library.left_exports import news

        ended, go_on = news(self.settings.left_exports)
        for export in ended:
            level: SeverityLevel = "information" if export.state is State.DONE else "warning"
            self.call_from_thread(self.notify, printable(str(export)), severity=level, markup=False)
        if go_on:
            self.call_from_thread(self.set_timer, _LOOK_AGAIN_SECONDS, self.look_at_left_exports)

    def action_export(self) -> None:
        """Ask for a file and export to it; or show the progress of a running export; or ask whether one that failed is
        to be made without what cannot be said."""
        from player.tui.screens.export import ExportScreen

        if self._job is not None:
            self._show_export(self._job)
        elif self._refused is not None:
            self._ask_what_to_leave_out(self._refused)
        elif self.being_read:
            self.answer("The story is still being read. It can be exported when all of it is there.")
        else:
            here = self.player.place_to_keep(self.player.transport.position())[0]
            story = self.player.story
            self.push_screen(ExportScreen(story, story.section_at(here)), self._begin_export)

    def _begin_export(self, choice: Choice | None) -> None:
        if choice is not None:
            self._exported = self.listening
            self._start_export(choice)

    def _start_export(self, choice: Choice) -> None:
        self._choice = choice
        export = partial(self._exported.export, skip_unspeakable=choice.skip_unspeakable)
        self._job = ExportJob(choice.path, choice.chapter, export, self.post_message)
        self.wake()
        self.run_worker(self._job.run, thread=True, group="export")
        self._show_export(self._job)

    def _ask_what_to_leave_out(self, refused: Unsaid) -> None:
        """Tell which sentences cannot be said, and export once more without them if wanted."""
        from player.tui.screens.unsaid import UnsaidScreen

        def answered(leave_out: bool | None) -> None:
            self._refused = None
            if leave_out:
                self._start_export(self._choice._replace(skip_unspeakable=True))
            else:
                self.leave_left()

        self.push_screen(UnsaidScreen(refused, self._choice.path.name), answered)

    def _show_export(self, job: ExportJob) -> None:
        from player.tui.screens.export import ExportProgress

        def answered(cancel: bool | None) -> None:
            if cancel:
                job.cancel()

        self.push_screen(ExportProgress(job), answered)

    def on_export_progressed(self, message: ExportProgressed) -> None:
        """Show progress, here and in the open dialog."""
        from player.tui.screens.export import ExportProgress

        self.wake()
        if isinstance(self.screen, ExportProgress):
            self.screen.show()

    def on_export_finished(self, message: ExportFinished) -> None:
        """Announce the file. Who wanted to quit, and was asked only because of it, quits."""
        from player.tui.screens.quit import QuitScreen

        summary = message.summary
        length = f"{clock(summary.seconds)}, {in_bytes(summary.bytes)}"
        if self._quit_when_exported or isinstance(self.screen, QuitScreen):
            self.farewell = f"Exported: {printable(str(summary.path))}, {length}"
            self.exit()
            return
        self._end_export()
        self.notify(
            "\n".join(map(printable, filter(None, (str(summary.path), length, summary.left_out)))),
            title="Exported",
            markup=False,
        )

    def on_export_failed(self, message: ExportFailed) -> None:
        """Announce the reason; the story plays on. What can be made without what cannot be said is offered: at once if
        the listener waits for it, else by the key."""
        from player.tui.screens.export import ExportProgress

        waits = isinstance(self.screen, ExportProgress)
        self._refused = message.unsaid
        self._end_export()
        if message.unsaid is not None and waits:
            self._ask_what_to_leave_out(message.unsaid)
        elif message.unsaid is not None:
            told = f"{printable(message.unsaid.message)}.\n{self.key('export')}: {message.unsaid.way_out}"
            self.notify(told, title="Not exported", severity="error", markup=False)
        elif message.reason:
            self.notify(printable(message.reason), title="Not exported", severity="error", markup=False)
        else:
            self.notify("What was rendered is kept.", title="Export cancelled", markup=False)

    def leave_left(self) -> None:
        """Close the stories that were left meanwhile."""
        while self.left and self.stories is not None and self._job is None and self._refused is None:
            self.stories.leave(self.left.pop())

    def _end_export(self) -> None:
        from player.tui.screens.export import ExportProgress
        from player.tui.screens.quit import QuitScreen

        self._job = None
        self.leave_left()
        self.wake()
        if isinstance(self.screen, ExportProgress):
            self.screen.dismiss(False)
        elif isinstance(self.screen, QuitScreen):
            self.screen.dismiss(None)
        self._quit_when_exported = False
