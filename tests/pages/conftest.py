"""What a notebook would store of a view."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output


@pytest.fixture
def shown():
    """Run a function and return the outputs that a notebook would store."""
    InteractiveShell.instance()

    def run(function, *args, **options):
        with capture_output() as captured:
            function(*args, **options)
        return captured.outputs

    return run
