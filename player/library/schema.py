"""The tables of the library's file, version after version."""

STEPS = (
    """
    CREATE TABLE places (
        story TEXT PRIMARY KEY,        -- Story.identity
        title TEXT NOT NULL,
        source TEXT NOT NULL,          -- a BLOB when it is a path that is not UTF-8
        block INTEGER NOT NULL,        -- index
        character INTEGER NOT NULL,    -- in the block
        text TEXT NOT NULL,            -- hash of the block's text
        turn INTEGER NOT NULL          -- higher is later: an order that no clock can upset
    )
    """,
    "ALTER TABLE places ADD COLUMN share REAL NOT NULL DEFAULT 0",  # share of the story before the place, 0 to 1
    "ALTER TABLE places ADD COLUMN heard REAL NOT NULL DEFAULT 0",  # seconds since 1970; 0: unknown, long ago
    "ALTER TABLE places ADD COLUMN around TEXT NOT NULL DEFAULT ''",  # hashes of the blocks around, see content.around
    "CREATE TABLE texts (hash TEXT, story TEXT, PRIMARY KEY (hash, story)) WITHOUT ROWID",  # see content.sketch
    "CREATE INDEX texts_of ON texts (story)",
    """
    CREATE TABLE notes (
        id TEXT PRIMARY KEY,
        story TEXT NOT NULL,           -- Story.identity
        title TEXT NOT NULL,
        source TEXT NOT NULL,          -- a BLOB when it is a path that is not UTF-8
        block INTEGER NOT NULL,        -- index
        first INTEGER NOT NULL,        -- characters [first, last) of the block
        last INTEGER NOT NULL,
        text TEXT NOT NULL,            -- hash of the block's text
        around TEXT NOT NULL,          -- hashes of the blocks around, see content.around
        quote TEXT NOT NULL,           -- the sentence
        comment TEXT NOT NULL,
        seconds REAL NOT NULL,         -- time in the story at speed 1
        estimated INTEGER NOT NULL,    -- 1: that time is estimated
        made REAL NOT NULL,            -- seconds since 1970
        changed REAL NOT NULL,         -- the same; of two notes with one id the later counts
        removed INTEGER NOT NULL       -- 1: removed, and kept so that other machines learn of it
    )
    """,
    "CREATE INDEX notes_of ON notes (story)",
    """
    CREATE TABLE shelf (
        story TEXT PRIMARY KEY,                  -- Story.identity
        title TEXT NOT NULL,
        source TEXT NOT NULL,                    -- as in places
        characters INTEGER NOT NULL DEFAULT 0,   -- 0 until it was opened
        seconds REAL NOT NULL DEFAULT 0,         -- at speed 1; 0: unknown
        voice TEXT NOT NULL DEFAULT '',          -- that spoke it last
        finished REAL NOT NULL DEFAULT 0,        -- seconds since 1970, as the next two; 0: not finished
        removed REAL NOT NULL DEFAULT 0,         -- 0: not removed
        added REAL NOT NULL DEFAULT 0,
        queued INTEGER                           -- place in the queue, ascending; NULL: not in it. A finished
                                                 -- story keeps it, so that what followed it is known
    )
    """,
    """
    INSERT INTO shelf (story, title, source, added)
    SELECT story, title, source, heard FROM places WHERE source NOT IN ('', '-', 'clipboard:')
    """,
    "CREATE TABLE feeds (source TEXT PRIMARY KEY, title TEXT NOT NULL, followed REAL NOT NULL)",
    "CREATE TABLE feed_entries (feed TEXT, entry TEXT, PRIMARY KEY (feed, entry)) WITHOUT ROWID",  # seen ones
    "ALTER TABLE feeds ADD COLUMN refreshed REAL NOT NULL DEFAULT 0",  # seconds since 1970; 0: never
    "ALTER TABLE shelf ADD COLUMN problem TEXT NOT NULL DEFAULT ''",  # why it could not be opened last; '': it could
)
"""Statements that bring the file from each version to the next; the first start from an empty file."""
