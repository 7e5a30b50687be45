"""The tests of `jupyter-kernel-test`, with samples in TypeScript, and a session of `jupyter console`."""

import subprocess
import sys
import unittest

import jupyter_kernel_test


class DenoKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "deno"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [
        {"text": "consol", "matches": {"console"}},
        {"text": "Deno.exec", "matches": {"execPath"}},
        {"text": "typeo", "matches": {"typeof"}},
    ]
    complete_code_samples = ["1 + 1", "function f() {\n  return 1;\n}", "const a = [\n  1,\n];"]
    incomplete_code_samples = ["function f() {", "const text = `abc", "f("]
    invalid_code_samples = ["let 1 = ;", "const a = );"]
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [{"code": "6 * 7", "result": "42"}, {"code": "'a'", "result": '"a"'}]
    code_display_data = [
        {"code": "await Deno.jupyter.display({ 'text/html': '<b>a</b>' }, { raw: true })", "mime": "text/html"},
    ]
    code_inspect_sample = "softmax"
    code_clear_output = "await Deno.jupyter.broadcast('clear_output', { wait: false })"
    # Optional in the protocol: front ends keep a history of their own, and a pager is an idea of shells.
    supported_history_operations = ()
    code_page_something = ""


class ConsoleTests(unittest.TestCase):
    def test_a_session_of_jupyter_console(self):
        """Variables, results, printed text and errors come as they do in a notebook."""
        lines = ["let a = 41", "a + 1", "console.log('printed')", "let = (", "exit"]
        result = subprocess.run(
            [sys.executable, "-m", "jupyter_console", "--kernel", "deno", "--simple-prompt"],
            input="\n".join(lines) + "\n",
            capture_output=True,
            text=True,
            timeout=120,
        )
        said = result.stdout + result.stderr
        for expected in ["42", "printed", "SyntaxError"]:
            self.assertIn(expected, said)


if __name__ == "__main__":
    unittest.main(verbosity=2)
