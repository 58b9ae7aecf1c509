"""`python -m sigma_ld` is `sigma-ld`."""

import sys

from sigma_ld.cli import main

sys.exit(main())
