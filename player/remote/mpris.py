"""Media keys, headphones and desktops on Linux: MPRIS, by which they see and steer whatever plays.

https://specifications.freedesktop.org/mpris-spec/latest/ Its next and previous track are the next and previous
paragraph, as on the player's own keys. Times are whole microseconds of the story at speed 1.
"""

# mypy: disable-error-code="no-redef"
# (The getter and setter of a property have one name. Annotations are no strings here: dbus-fast reads them.)

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Annotated

from dbus_fast import PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.annotations import DBusBool, DBusDict, DBusDouble, DBusInt64, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.errors import InvalidAddressError
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from player.remote.controls import Interface, Status, is_playing, status

_PATH = "/org/mpris/MediaPlayer2"
_TRACK = "/org/listen_to_story/story"
_STATES = {"playing": "Playing", "waiting": "Playing", "paused": "Paused", "ended": "Stopped"}
_SLOWEST, _FASTEST = 0.5, 4.0
_READ = PropertyAccess.READ

_Texts = Annotated[list[str], DBusSignature("as")]

_logger = logging.getLogger(__name__)


class Mpris:
    """The player on the session's bus. Without a bus nothing happens; that is only logged."""

    def __init__(self, interface: Interface, cover: Callable[[], Path | None]) -> None:
        """Appear on the bus, in a thread. `cover` returns the file of the story's cover, and is called there."""
        self._interface = interface
        self._cover = cover
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()
        self._service: _Player | None = None
        Thread(target=self._run, name="mpris", daemon=True).start()

    def tell(self, now: Status, *, jumped: bool) -> None:
        """Tell the desktop what has changed; `jumped`: the place, too. From any thread; returns at once."""
        service = self._service
        if service is not None:
            self._call(lambda: service.changed(now, jumped=jumped))

    def close(self) -> None:
        """Leave the bus. Returns at once."""
        self._call(self._end)

    def _end(self) -> None:
        self._ended.set()
        if self._service is not None:
            self._service.another.set()

    def _call(self, action: Callable[[], object]) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended
                self._loop.call_soon_threadsafe(action)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception:  # the boundary of the thread: the story plays without media keys
            _logger.warning("media keys do not work", exc_info=True)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            bus = await MessageBus().connect()
        except (InvalidAddressError, OSError) as error:
            _logger.info("without a session bus there are no media keys (%s)", error)
            return
        try:
            first = self._interface.ask(lambda: status(self._interface.player))
            self._service = _Player(self._interface, first)
            bus.export(_PATH, _Root(self._interface))
            bus.export(_PATH, self._service)
            await bus.request_name(f"org.mpris.MediaPlayer2.listen_to_story.instance{os.getpid()}")
            while not self._ended.is_set():
                self._service.cover = await asyncio.to_thread(self._cover)
                self._service.emit_properties_changed({"Metadata": self._service.metadata()})
                await self._service.another.wait()
                self._service.another.clear()
        finally:
            bus.disconnect()


class _Root(ServiceInterface):
    """org.mpris.MediaPlayer2: the program."""

    def __init__(self, interface: Interface) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self._interface = interface

    @dbus_method(name="Raise")
    def raise_(self) -> None:
        """Do nothing: a terminal cannot be raised."""

    @dbus_method(name="Quit")
    def quit(self) -> None:
        """Quit the player."""
        self._interface.ask(self._interface.leave)

    @dbus_property(_READ, name="CanQuit")
    def can_quit(self) -> DBusBool:
        """Return True."""
        return True

    @dbus_property(_READ, name="CanRaise")
    def can_raise(self) -> DBusBool:
        """Return False."""
        return False

    @dbus_property(_READ, name="HasTrackList")
    def has_track_list(self) -> DBusBool:
        """Return False."""
        return False

    @dbus_property(_READ, name="Identity")
    def identity(self) -> DBusStr:
        """Return the program's name."""
        return "Listen to Story"

    @dbus_property(_READ, name="SupportedUriSchemes")
    def schemes(self) -> _Texts:
        """Return the schemes of addresses that can be opened."""
        return ["file", "http", "https"]

    @dbus_property(_READ, name="SupportedMimeTypes")
    def media_types(self) -> _Texts:
        """Return media types that can be opened."""
        return ["text/html", "text/plain", "text/markdown", "application/epub+zip", "application/pdf"]


class _Player(ServiceInterface):
    """org.mpris.MediaPlayer2.Player: the story that plays."""

    cover: Path | None = None

    def __init__(self, interface: Interface, now: Status) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._interface = interface
        self._told = now
        self._track = f"{_TRACK}/0"
        self.another = asyncio.Event()
        """Set when another story plays, whose cover is to be drawn."""

    def changed(self, now: Status, *, jumped: bool) -> None:
        """Tell of everything that is another than last time."""
        before, self._told = self._told, now
        values: dict[str, object] = {}
        if (now.title, now.source) != (before.title, before.source):
            self._track, self.cover = f"{_TRACK}/{int(self._track.rpartition('/')[2]) + 1}", None
            self.another.set()
        if now.state != before.state:
            values["PlaybackStatus"] = self.playback_status_of(now)
        if now.speed != before.speed:
            values["Rate"] = now.speed
        if now.volume != before.volume:
            values["Volume"] = now.volume / 100
        if (now.title, now.chapter, round(now.duration)) != (before.title, before.chapter, round(before.duration)):
            values["Metadata"] = self.metadata()
        if values:
            self.emit_properties_changed(values)
        if jumped:
            self.seeked(round(now.position * 1e6))

    def playback_status_of(self, now: Status) -> str:
        """Return a state in the words of MPRIS."""
        return _STATES[now.state]

    def metadata(self) -> dict[str, Variant]:
        """Return what is known of the story."""
        now = self._told
        found = {
            "mpris:trackid": Variant("o", self._track),
            "mpris:length": Variant("x", round(now.duration * 1e6)),
            "xesam:title": Variant("s", now.title),
        }
        if now.byline:
            found["xesam:artist"] = Variant("as", [now.byline])
        if now.chapter:
            found["xesam:album"] = Variant("s", now.chapter)
        if now.source.startswith(("http:", "https:")):
            found["xesam:url"] = Variant("s", now.source)
        elif now.source and Path(now.source).is_absolute():
            found["xesam:url"] = Variant("s", Path(now.source).as_uri())
        if self.cover is not None:
            found["mpris:artUrl"] = Variant("s", self.cover.as_uri())
        return found

    def _now(self) -> Status:
        with suppress(RuntimeError):  # the interface has just ended
            return self._interface.ask(lambda: status(self._interface.player))
        return self._told

    # -- what it does ----------------------------------------------------------------------------------------

    @dbus_method(name="Play")
    def play(self) -> None:
        """Play."""
        self._interface.ask(self._interface.player.transport.play)

    @dbus_method(name="Pause")
    def pause(self) -> None:
        """Pause."""
        self._interface.ask(self._interface.player.transport.pause)

    @dbus_method(name="PlayPause")
    def play_pause(self) -> None:
        """Play, or pause."""
        if self._interface.ask(lambda: is_playing(self._interface.player)):
            self.pause()
        else:
            self.play()

    @dbus_method(name="Stop")
    def stop(self) -> None:
        """Pause: the place stays."""
        self.pause()

    @dbus_method(name="Next")
    def next(self) -> None:
        """Go to the next paragraph."""
        self._interface.ask(lambda: self._interface.player.navigation.skip_paragraphs(1))

    @dbus_method(name="Previous")
    def previous(self) -> None:
        """Go to the beginning of the paragraph, or to the one before."""
        self._interface.ask(lambda: self._interface.player.navigation.skip_paragraphs(-1))

    @dbus_method(name="Seek")
    def seek(self, offset: DBusInt64) -> None:
        """Go on by so many microseconds, or back."""
        self._interface.ask(lambda: self._interface.player.navigation.skip_seconds(offset / 1e6))

    @dbus_method(name="SetPosition")
    def set_position(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """Go to a time in microseconds, if the story is still this one and lasts as long."""
        player = self._interface.player
        if track == self._track and 0 <= position <= self._told.duration * 1e6:
            self._interface.ask(lambda: player.navigation.seek_sample(round(position / 1e6 * player.timeline.rate)))

    @dbus_method(name="OpenUri")
    def open_uri(self, uri: DBusStr) -> None:
        """Add a story to the queue."""
        self._interface.ask(lambda: self._interface.add(uri))

    @dbus_signal(name="Seeked")
    def seeked(self, position: int) -> DBusInt64:
        """Tell that the place jumped, to a time in microseconds."""
        return position

    # -- what it is ------------------------------------------------------------------------------------------

    @dbus_property(_READ, name="PlaybackStatus")
    def playback_status(self) -> DBusStr:
        """Return the state."""
        return self.playback_status_of(self._told)

    @dbus_property(name="Rate")
    def rate(self) -> DBusDouble:
        """Return the speed."""
        return self._told.speed

    @rate.setter
    def rate(self, rate: DBusDouble) -> None:
        """Set the speed; 0 pauses."""
        transport = self._interface.player.transport
        if rate == 0:
            self.pause()
        else:
            self._interface.ask(lambda: setattr(transport, "speed", min(max(rate, _SLOWEST), _FASTEST)))

    @dbus_property(name="Volume")
    def volume(self) -> DBusDouble:
        """Return the volume, 0 to 1."""
        return self._told.volume / 100

    @volume.setter
    def volume(self, volume: DBusDouble) -> None:
        """Set the volume, 0 to 1."""
        transport = self._interface.player.transport
        self._interface.ask(lambda: setattr(transport, "volume", min(max(volume, 0.0), 1.0)))

    @dbus_property(_READ, name="Metadata")
    def story(self) -> DBusDict:
        """Return what is known of the story."""
        return self.metadata()

    @dbus_property(_READ, name="Position")
    def position(self) -> DBusInt64:
        """Return the time in microseconds."""
        return round(self._now().position * 1e6)

    @dbus_property(_READ, name="MinimumRate")
    def minimum_rate(self) -> DBusDouble:
        """Return the slowest speed."""
        return _SLOWEST

    @dbus_property(_READ, name="MaximumRate")
    def maximum_rate(self) -> DBusDouble:
        """Return the fastest speed."""
        return _FASTEST

    @dbus_property(_READ, name="CanGoNext")
    def can_go_next(self) -> DBusBool:
        """Return True."""
        return True

    @dbus_property(_READ, name="CanGoPrevious")
    def can_go_previous(self) -> DBusBool:
        """Return True."""
        return True

    @dbus_property(_READ, name="CanPlay")
    def can_play(self) -> DBusBool:
        """Return True."""
        return True

    @dbus_property(_READ, name="CanPause")
    def can_pause(self) -> DBusBool:
        """Return True."""
        return True

    @dbus_property(_READ, name="CanSeek")
    def can_seek(self) -> DBusBool:
        """Return True."""
        return True

    @dbus_property(_READ, name="CanControl")
    def can_control(self) -> DBusBool:
        """Return True."""
        return True
