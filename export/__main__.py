"""`python -m export LINK… --csv --svg …`: what the pages show, as files, without a browser."""

import sys

from export.command import main

sys.exit(main())
