"""Running `jalon …` in this process."""

import sys

import pytest

from jalon import cli
from tests.cli.outils import Executer


@pytest.fixture
def jalon(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Executer:
    """Run `jalon …` in this process; gives exit code, output, error output."""

    def executer(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jalon", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as fin:
            cli.main()
        dit = capsys.readouterr()
        return int(fin.value.code or 0), dit.out, dit.err

    return executer
