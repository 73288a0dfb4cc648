"""Certificates of this machine, made once."""

import pytest

from tests.notifications.delivery.servers import Certified, certified


@pytest.fixture(scope="session")
def localhost(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("certified"))
