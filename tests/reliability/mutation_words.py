# ruff: noqa: E501 (words of one kind stand together)
"""Words that formats are made of, or that readers may stumble over."""

from __future__ import annotations

WORDS: dict[str, tuple[bytes, ...]] = {
    "text": (
        b"\n\n", b"\n", b"\r", b"\f", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xed\xa0\x80", b"\x1b[31m",
        b"\x1b]0;", "\u202e\u200d\u0301\ufdd0\ufeff".encode(), "\U000f0000\U0010ffff".encode(), b"- ", b"> ", b"1. ",
        b"* * *", b"CHAPTER I", b"CONTENTS", b"By ", b"\t", b" " * 40, b"9" * 40, b"-" * 40, b"." * 40, b"(" * 40,
    ),
    "markdown": (
        b"[", b"](", b"![", b"[^1]", b"[^", b"^[", b"`", b"```\n", b"|", b"|-|\n", b"> ", b"    ", b"***", b"__", b"$",
        b"$$", b"<", b"<!--", b"-->", b"<div>", b"</div>", b"&#0;", b"&#x110000;", b"\\", b"~~", b"==", b": ", b":::",
        b"{{<", b"{%", b"[[", b"]]", b"{.a}", b"---\n", b"...\n", b"+++\n", b"# ", b"\n===\n", b"1000000000. ",
        b"title: [", b"? ", b"&a ", b"*a ", b"!!python/object:", b"!!binary ", b"<<: ", b"date: 9999-99-99", b"\t",
    ),
    "mail": (
        b"\n--b1\n", b"--x--\n", b"Content-Type: multipart/mixed; boundary=b1\n", b"Content-Type: text/html\n", b"=\n",
        b"Content-Transfer-Encoding: base64\n", b"=?utf-8?B?AAA?=", b"; charset=utf-16", b"=C3", b"\n\n", b"From: (",
        b"Content-Transfer-Encoding: quoted-printable\n", b"Content-Disposition: attachment\n", b"filename*0*=''%ff",
    ),
    "cues": (
        b"00:00:01,000 --> 00:00:02,000\n", b" --> ", b"99:99:99.999", b"WEBVTT\n", b"\n\n", b"<v ", b"{\\an8}",
        b"[00:01.00]", b"[ti:", b"\xe2\x99\xaa", b">> ", b"- ", b"&lt;",
    ),
    "json": (
        b"{", b"}", b"[", b"]", b":", b",", b'"', b"null", b"1e999", b"-1", b'"cells"', b'"items"', b"\\ud800", b"true",
    ),
    "typeset": (
        b".. note::", b"`_", b":ref:`", b"====\n", b"\\begin{document}", b"\\end{", b"\\input{/etc/passwd}", b"{", b"}",
        b"#+BEGIN_SRC", b"#+INCLUDE: /etc/passwd\n", b"* TODO ", b"[[", b"]]", b"{{", b"}}", b"'''", b"<ref>", b"|===\n",
        b"include::/etc/passwd[]", b"$", b"\\\\", b"----\n", b"|", b"\n\n",
    ),
    "markup": (
        b"<", b">", b"</", b"/>", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<?xml ?>",
        b"&b;", b"&#0;", b"&#xd800;", b"&#x110000;", b"&lt;", b"&amp;amp;", b"&nosuch;", b"<body>", b"</body>", b"<html>",
        b"</html>", b"<p>", b"</p>", b"<table><tr><td>", b"<ul><li>", b"<svg>", b"<math>", b"<sup>", b"<br>", b"<a href='#a'>",
        b" id='a'", b" class='toc'", b" start='-9999999999'", b" start='1e999'", b" start='nan'", b" value='a'", b" href=''",
        b" href='http://['", b" xmlns=''", b" xmlns:a='b'", b" a:b='c'", b"<a:b>", b"<script type='application/ld+json'>",
        b"<title>", b"</head>", b" hidden", b" lang='xx-'", b"<h1>", b"<h9>", b"<frameset>", b"<template>",
    ),
    "rtf": (
        b"{", b"}", b"\\", b"\\par ", b"\\u-1?", b"\\u99999999?", b"\\uc99999999 ", b"\\'zz", b"\\'ff", b"\\bin9999 ",
        b"\\bin-1 ", b"\\f99 ", b"\\fcharset999 ", b"\\ansicpg99999", b"{\\fonttbl", b"{\\stylesheet{\\s1 heading 1;}}",
        b"\\s1 ", b"{\\*\\x ", b"\\trowd\\cell\\row ", b"\\intbl ", b"{\\listtext 1.}", b"{\\pict ", b"{\\info{\\title ",
        b"{\\creatim\\yr9999\\mo99\\dy99}", b"\\deflang99999", b"\\outlinelevel-1 ", b"\\ls1\\ilvl99 ", b"{\\footnote ",
        b"{\\field{\\*\\fldinst HYPERLINK \"a\"}{\\fldrslt ", b"\\plain ", b"\\v ", b"\\upr ", b"\\objdata ",
    ),
    "pdf": (
        b"obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"[", b"]", b"(", b")", b"/Length 99999999", b"/Length -1",
        b"/Filter /FlateDecode", b"/Filter [/ASCIIHexDecode /LZWDecode]", b"/Kids [1 0 R]", b"/Parent 2 0 R", b"/Count -1",
        b"/Count 999999999", b"/Type /Page", b"/Type /Pages", b"/MediaBox [0 0 0 0]", b"/MediaBox [1e99 -1e99 nan inf]",
        b"/Rotate 91", b"/Encrypt 5 0 R", b"BT", b"ET", b"Tj", b"TJ", b"/F1 0 Tf", b"/F1 1e30 Tf", b"0 0 0 0 0 0 cm",
        b"0 0 0 0 0 0 Tm", b"1e30 0 0 1e30 0 0 Tm", b"9999999999", b"-1", b"xref", b"trailer", b"startxref\n0", b"%%EOF",
        b"/Outlines 3 0 R", b"/First 3 0 R", b"/Next 3 0 R", b"/Dest [9 0 R /Fit]", b"/ToUnicode 4 0 R", b"q " * 50,
    ),
}  # fmt: skip
"""For the dictionaries of `mutating`."""
