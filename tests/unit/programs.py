"""Runs programs that nnviz wrote, as a learner would: in a Python of their own."""

import subprocess
import sys

# Beside NumPy, none of what nnviz itself uses may be found.
ALONE = "import sys; sys.modules.update(dict.fromkeys(['nnviz', 'pandas', 'plotly', 'streamlit']))"

ENDS = "-- the program ends here --"


def last_lines(program, folder, also=""):
    """The last two lines that a program prints; nothing may be said of errors or warnings.

    also: code that follows it.
    """
    return last_lines_of_each([f"{program}\n{also}"], folder)[0]


def last_lines_of_each(programs, folder):
    """The same of several, one after the other in one Python: some take long to begin."""
    paths = [folder / f"program-{k}.py" for k in range(len(programs))]
    for path, program in zip(paths, programs):
        path.write_text(program, "utf-8")
    code = f"""{ALONE}
import runpy
for path in {[str(path) for path in paths]}:
    runpy.run_path(path, run_name="__main__")
    print({ENDS!r})"""
    # -I: neither this folder nor the environment can lend it anything.
    command = [sys.executable, "-I", "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=100)
    assert done.returncode == 0 and not done.stderr, done.stderr
    printed = done.stdout.split(f"{ENDS}\n")
    return [text.splitlines()[-2:] for text in printed[: len(programs)]]


def as_shown(moment):
    """What the page writes at that epoch for that question."""
    from nnviz.writing import answer_text, loss_text

    prediction = answer_text(moment.label, moment.asked.activations[-1][0])
    return [f"loss {loss_text(moment.loss)}", f"prediction {prediction}"]
