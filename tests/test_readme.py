"""What README.md shows at a Python prompt is what comes out."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from tests.conftest import ROOT


def test_the_lines_of_the_core_run_and_give_the_numbers_beside_them():
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    result = names["result"]
    assert f"# {result.path.shape}:" in code
    (losses,) = re.findall("at the end of each run: (.*)", code)
    np.testing.assert_allclose(result.loss[-1], [float(loss) for loss in losses.split(",")], rtol=5e-3)
