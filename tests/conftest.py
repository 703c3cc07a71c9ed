"""What every test can use."""

import pytest
from hypothesis import HealthCheck, settings


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked `long` too")
    parser.addoption("--update-golden", action="store_true", help="write what tests compare with anew; read it then")


def pytest_configure(config: pytest.Config) -> None:
    """No example is judged by its time; they are the same at every run, and new ones with `--long`."""
    settings.register_profile(
        "digest",
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=not config.getoption("--long"),
    )
    settings.load_profile("digest")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason="a long form: `scripts/test --long` runs it")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)
