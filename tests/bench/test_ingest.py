"""The benchmark of ingest, at a small size: its requests are sent again, and it shows figures."""

import re

import pytest

from tests.bench.ingest import main


def test_ingest_is_compared_with_its_requests_alone(capfd: pytest.CaptureFixture[str]) -> None:
    main(packages=60, database="sqlite")
    shown = capfd.readouterr().out
    requests = dict(re.findall(r"(new|unchanged): (\d+) requests", shown))
    assert int(requests["new"]) >= 4 * 60
    assert 60 < int(requests["unchanged"]) < 4 * 60
    assert len(re.findall(r"ratio +\d+\.\d\d", shown)) == 3
