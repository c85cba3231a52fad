"""Licences: by expression, classifiers and text, to SPDX's identifiers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.licenses import LENGTH, of_project, spdx


@pytest.mark.parametrize(
    ("expression", "valid"),
    [
        ("MIT", "MIT"),
        ("mit or apache-2.0", "MIT OR Apache-2.0"),
        (
            "(GPL-2.0-only with classpath-exception-2.0) AND MIT",
            "(GPL-2.0-only WITH Classpath-exception-2.0) AND MIT",
        ),
        ("LicenseRef-Ours", "LicenseRef-Ours"),
        ("BSD", None),
        ("MIT AND", None),
        ("(MIT", None),
        ("", None),
    ],
)
def test_an_expression_is_spelled_as_spdx_does(expression: str, valid: str | None) -> None:
    assert spdx(expression) == valid


@pytest.mark.parametrize(
    ("classifier", "name"),
    [
        ("OSI Approved :: MIT License", "MIT"),
        ("OSI Approved :: BSD License", "BSD-3-Clause"),
        ("OSI Approved :: Apache Software License", "Apache-2.0"),
        ("OSI Approved :: GNU General Public License (GPL)", "GPL-1.0-or-later"),
        ("OSI Approved :: GNU General Public License v2 (GPLv2)", "GPL-2.0-only"),
        ("OSI Approved :: GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"),
        ("OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", "LGPL-3.0-only"),
        (
            "OSI Approved :: GNU Library or Lesser General Public License (LGPL)",
            "LGPL-2.0-or-later",
        ),
        (
            "OSI Approved :: GNU Affero General Public License v3 or later (AGPLv3+)",
            "AGPL-3.0-or-later",
        ),
        ("OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"),
        ("OSI Approved :: ISC License (ISCL)", "ISC"),
        ("OSI Approved :: The Unlicense (Unlicense)", "Unlicense"),
        ("OSI Approved :: Python Software Foundation License", "PSF-2.0"),
        ("OSI Approved :: Boost Software License 1.0 (BSL-1.0)", "BSL-1.0"),
        ("OSI Approved :: W3C License", "W3C"),
        ("CC0 1.0 Universal (CC0 1.0) Public Domain Dedication", "CC0-1.0"),
        ("Other/Proprietary License", "Other/Proprietary License"),
        ("Public Domain", "Public Domain"),
    ],
)
def test_a_classifier_names_a_licence(classifier: str, name: str) -> None:
    assert of_project(None, [f"License :: {classifier}"], []) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MIT", "MIT"),
        ("The MIT License (MIT)", "MIT"),
        ("License :: OSI Approved :: MIT License", "MIT"),
        ("BSD", "BSD-3-Clause"),
        ("2-clause BSD license", "BSD-2-Clause"),
        ('BSD 3-Clause "New" or "Revised" License', "BSD-3-Clause"),
        ("Simplified BSD", "BSD-2-Clause"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("Apache2", "Apache-2.0"),
        ("GPLv3", "GPL-3.0-only"),
        ("GNU GPL v2 or later", "GPL-2.0-or-later"),
        ("General Public License (GPL v3)", "GPL-3.0-only"),
        ("LGPL", "LGPL-2.0-or-later"),
        ("MPL 2", "MPL-2.0"),
        ("MPL", "MPL"),
        ("ZPL 2.1", "ZPL-2.1"),
        ("MIT or Apache-2.0", "MIT OR Apache-2.0"),
        ("MIT/GPL", "MIT/GPL"),
        ("GPLv2/GPLv3", "GPLv2/GPLv3"),
        ("BSD-like", "BSD-like"),
        ("Proprietary " + "x" * 200, ("Proprietary " + "x" * 200)[:LENGTH]),
    ],
)
def test_a_text_names_a_licence_or_stays_as_written(text: str, name: str) -> None:
    assert of_project(None, [], [text]) == [name]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["MIT License", "Copyright (c) 2020 A.", "Permission is hereby granted"], "MIT"),
        (["Copyright (c) 2020 A.", "BSD 3-Clause License"], "BSD-3-Clause"),
        (["Apache License", "Version 2.0, January 2004"], "Apache-2.0"),
        (["GNU GENERAL PUBLIC LICENSE", "Version 3, 29 June 2007"], "GPL-3.0-only"),
        (["Copyright A.", "Permission is hereby granted, free of", "charge, to any"], "MIT"),
        (
            ["Copyright A.", "Redistribution and use in source and", "...", "Neither the name of"],
            "BSD-3-Clause",
        ),
        (["Our own licence", "You may not."], None),
    ],
)
def test_a_whole_text_is_known_by_its_head_or_dropped(lines: list[str], name: str | None) -> None:
    assert of_project(None, [], lines) == ([name] if name else [])


@pytest.mark.parametrize("text", ["UNKNOWN", "LICENSE.txt", "See LICENSE", "None", "Copyright A."])
def test_a_text_that_says_nothing_is_dropped(text: str) -> None:
    assert of_project(None, ["License :: OSI Approved"], [text]) == []


def test_the_expression_wins_and_then_the_classifiers() -> None:
    mit, bsd = "License :: OSI Approved :: MIT License", "License :: OSI Approved :: BSD License"
    assert of_project("isc", [mit], ["BSD"]) == ["ISC"]
    assert of_project("no expression", [mit], ["BSD"]) == ["MIT"]
    assert of_project("GPLv3", [], ["MIT"]) == ["GPL-3.0-only"]
    assert of_project(None, [mit, bsd, mit], ["GPLv3"]) == ["MIT", "BSD-3-Clause"]
    # What a classifier leaves open, the text may tell; and what it does not know.
    assert of_project(None, [bsd], ["BSD-2-Clause"]) == ["BSD-2-Clause"]
    assert of_project(None, ["License :: Other/Proprietary License"], ["BUSL-1.1"]) == ["BUSL-1.1"]


def test_an_expression_that_is_too_long_is_its_licences() -> None:
    names = [f"LicenseRef-{number:030}" for number in range(4)]
    assert of_project(" AND ".join([*names, f"({names[0]} OR MIT)"]), [], []) == [*names, "MIT"]


text = st.text(max_size=150) | st.lists(
    st.sampled_from(["MIT", "GPL", "v3", "2.0", "BSD", "(", ")", "OR", "+", "License ::", "bsd 3"])
).map(" ".join)


@given(expression=st.none() | text, classifiers=st.lists(text), lines=st.lists(text))
@example(expression="(" * 1_000, classifiers=["License :: " + "(" * 1_000], lines=["(" * 1_000])
@example(expression="MIT OR " * 140 + "MIT", classifiers=[], lines=[])
def test_whatever_is_said_licences_are_short_and_differ(
    expression: str | None, classifiers: list[str], lines: list[str]
) -> None:
    found = of_project(expression, classifiers, lines)
    assert all(0 < len(name) <= LENGTH and name.strip() for name in found)
    assert len(set(found)) == len(found)
