"""How nbgrader understands this course. `deno task assignments` and `deno task grade` use it; so can you:

    nbgrader generate_assignment 01_loss_functions --config tools/grading/assignments/nbgrader_config.py

Paths of the course (`CourseDirectory.root`) and of the gradebook are given by whoever starts nbgrader.
"""

c = get_config()  # noqa: F821, nbgrader defines it

# source/ASSIGNMENT/NOTEBOOK.ipynb, release/… and so on: nbgrader's usual layout. Each notebook is an assignment of the
# same name.
c.CourseDirectory.course_id = "backprop"

# Solutions and hidden tests stand between these lines in the notebooks.
c.ClearSolutions.begin_solution_delimeter = "// BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "// END SOLUTION"
c.ClearHiddenTests.begin_test_delimeter = "// BEGIN HIDDEN TESTS"
c.ClearHiddenTests.end_test_delimeter = "// END HIDDEN TESTS"

# nbgrader knows stubs for Python and a few others; for an unknown language it stops.
c.ClearSolutions.code_stub = {"typescript": 'throw new Error("Not implemented");'}

# Learners may play with the cells that are given: grading puts the originals back. Only tests cannot be edited.
c.LockCells.lock_readonly_cells = False

# Grading: a cell may run so long. Stop is sent to the kernel as a message, and its variables survive it, so an endless
# loop costs the learner that cell and no other.
c.Execute.timeout = 60
c.Execute.startup_timeout = 60
c.Execute.iopub_timeout = 60
c.Execute.raise_on_iopub_timeout = True
c.Execute.interrupt_on_timeout = True
