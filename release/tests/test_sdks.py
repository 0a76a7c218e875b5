"""The SDKs as they are published: packed, and under the names that their READMEs say to install."""

import re
import subprocess
import sys
import tarfile
import unittest
import zipfile
from pathlib import Path

import made

RELEASE = Path(__file__).resolve().parents[1]
ROOT = RELEASE.parent
ADDRESS = "https://example.org/probity/probity"


class Sdks(unittest.TestCase):
    """release/sdks, and the jobs of the workflow that publish what it packs."""

    def test_both_are_packed_whole_with_their_address(self):
        dist = made.folder()
        packs = [sys.executable, RELEASE / "sdks", dist, "--repository", ADDRESS]
        done = subprocess.run(packs, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        with tarfile.open(dist / f"npm/probity-sdk-{made.VERSION}.tgz") as tar:
            names = {name.removeprefix("package/") for name in tar.getnames()}
            manifest = tar.extractfile("package/package.json").read().decode()
        wanted = {"README.md", "LICENSE", "dist/index.js", "dist/index.d.ts", "dist/express.js"}
        self.assertLess(wanted, names)
        self.assertFalse([name for name in names if "test" in name or name.startswith("src")])
        self.assertIn(f"git+{ADDRESS}.git", manifest)
        with zipfile.ZipFile(dist / f"pypi/probity_sdk-{made.VERSION}-py3-none-any.whl") as held:
            names = set(held.namelist())
            about = held.read(f"probity_sdk-{made.VERSION}.dist-info/METADATA").decode()
        self.assertLess({"probity/__init__.py", "probity/py.typed", "probity/fastapi.py"}, names)
        self.assertTrue([name for name in names if name.endswith("licenses/LICENSE")])
        self.assertIn("Metadata-Version: 2.4\nName: probity-sdk\n", about)
        self.assertIn(f"Project-URL: Repository, {ADDRESS}", about)

    def test_what_the_readmes_say_to_install_is_published(self):
        workflow = (ROOT / ".github/workflows/release.yml").read_text()
        jobs = dict(re.findall(r"^  ([\w-]+):\n((?:    .*\n|\n)+)", workflow, re.MULTILINE))
        self.assertIn("release/sdks", jobs["sdks"])
        readme = (ROOT / "sdk/typescript/README.md").read_text()
        self.assertIn("npm install @probity/sdk", readme)
        self.assertIn("npm publish ./sdks/npm/probity-sdk-*.tgz", jobs["sdk-npm"])
        readme = (ROOT / "sdk/python/README.md").read_text()
        self.assertIn("pip install probity-sdk", readme)
        self.assertIn("packages-dir: sdks/pypi", jobs["sdk-pypi"])
        for name, environment in (("sdk-npm", "npm"), ("sdk-pypi", "pypi")):
            # By trust, after everything is tested, and with nothing but what was packed before.
            self.assertIn("needs: [github, sdks]", jobs[name])
            self.assertIn(f"environment: {environment}\n", jobs[name])
            self.assertIn("permissions:\n      id-token: write\n", jobs[name])
            self.assertNotIn("secrets.", jobs[name])


if __name__ == "__main__":
    unittest.main()
