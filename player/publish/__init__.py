"""Publishing many stories: a web site of pages with sound, made again only where something changed.

    arguments ──► sources ──► plan ──► executor ──► site
    (files,       (where      (Task:   (local.py:   (pages, index,
     URLs,         a story     what,    every core;  feed, site map)
     feeds …)      is)         hash)    cluster.py:
                                        a cluster)

`sources.py` and `lists.py` find the stories, `plan.py` says which of them are to be made, `making.py` makes one of them
into a folder, `local.py` runs many at a time with the voices of `voices.py`, `cluster.py` has a Dask cluster do so
(`desk.py` is what a worker of it has, `spread.py` lets all speak a long story), `state.py` remembers what was made of
what, `site/` writes the pages. `serving/` gives a site, a folder of exports or a podcast to the house.
"""
