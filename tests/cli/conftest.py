"""Running `jalon …` in this process."""

import os
import sys
from unittest.mock import patch

import pytest

from jalon import cli
from tests.cli.outils import Executer


@pytest.fixture
def jalon(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Executer:
    """Run `jalon …` in this process; gives exit code, output, error output. A command owns the environment of its process
    (`jalon banc` draws keys of its own): here it is given back, or later tests would read with other keys than they wrote."""

    def executer(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jalon", *arguments])
        capsys.readouterr()
        with patch.dict(os.environ), pytest.raises(SystemExit) as fin:
            cli.main()
        dit = capsys.readouterr()
        return int(fin.value.code or 0), dit.out, dit.err

    return executer
