"""The packages as they are published: built, installed into empty folders, and run from there; and
the scripts that make a release.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import unittest
import zipfile

import made
from mirror import Mirror


def run_it(*command, cwd=None, **env):
    done = subprocess.run(
        command, cwd=cwd, env=made.environment(**env), capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


class Packages(unittest.TestCase):
    """What people get from npm and PyPI."""

    def setUp(self):
        self.top = made.made()
        self.mirror = Mirror(self.top / "dist")
        self.addCleanup(self.mirror.close)
        self.env = {"PROBITY_MIRROR": self.mirror.at("good"), "XDG_CACHE_HOME": made.folder()}

    def works(self, *command, **more):
        status, out, err = run_it(*command, "--version", **self.env, **more)
        self.assertEqual((status, out), (0, f"probity {made.VERSION}\n"), err)

    def test_npm_pack_installs_and_runs(self):
        place = made.folder()
        status, out, err = run_it(
            "npm", "pack", "--json", "--pack-destination", place, cwd=self.top / "npx"
        )
        self.assertEqual(status, 0, err)
        package = place / f"probity-cli-{made.VERSION}.tgz"
        with tarfile.open(package) as tar:
            names = {name.removeprefix("package/") for name in tar.getnames()}
        self.assertLess({"LICENSE", "README.md", "release.json", "bin/probity.mjs"}, names)
        self.assertFalse([name for name in names if "test" in name], names)
        quiet = ["--offline", "--no-audit", "--no-fund", "--no-package-lock"]
        status, _, err = run_it("npm", "install", *quiet, package, cwd=place)
        self.assertEqual(status, 0, err)
        self.works(place / "node_modules/.bin/probity")
        # As `npx probity-cli` does: the one command of the package, whatever its name.
        self.works("npm", "exec", "--offline", "--yes", f"--package={package}", "--", "probity")

    def test_the_wheel_installs_and_runs(self):
        place = made.folder()
        pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
        status, _, err = run_it(*pip, "wheel", "--no-deps", "--wheel-dir", place, self.top / "uvx")
        self.assertEqual(status, 0, err)
        [wheel] = place.glob("*.whl")
        self.assertEqual(wheel.name, f"probity_cli-{made.VERSION}-py3-none-any.whl")
        with zipfile.ZipFile(wheel) as held:
            self.assertIn("probity_cli/release.json", held.namelist())
        status, _, err = run_it(
            *pip, "install", "--no-index", "--no-deps", "--target", place / "in", wheel
        )
        self.assertEqual(status, 0, err)
        for name in ("probity", "probity-cli"):
            self.works(place / "in/bin" / name, PYTHONPATH=place / "in")

    @unittest.skipIf(sys.version_info < (3, 11), "older Pythons need more to build")
    def test_what_goes_to_pypi_is_built_by_nothing_but_what_the_hashes_name(self):
        place = made.folder()
        status, _, err = run_it(sys.executable, "-m", "venv", place / "venv")
        self.assertEqual(status, 0, err)
        # The very commands of the workflow, which has no others for PyPI.
        workflow = (made.RELEASE / "../.github/workflows/release.yml").read_text()
        commands = re.findall(r"^ *(venv/bin/.+)$", workflow, re.MULTILINE)
        self.assertEqual(len(commands), 2, commands)
        self.assertIn("--require-hashes", commands[0])
        self.assertIn("--no-isolation", commands[1])
        for command in commands:
            words = command.replace("release/uvx", str(self.top / "uvx")).split()
            words = [str(made.RELEASE / w[8:]) if w.startswith("release/") else w for w in words]
            status, _, err = run_it(place / words[0], *words[1:], cwd=place)
            self.assertEqual(status, 0, err)
        whole = [f"probity_cli-{made.VERSION}-py3-none-any.whl", f"probity_cli-{made.VERSION}.tar.gz"]
        self.assertEqual(sorted(os.listdir(place / "pypi")), whole)


class Scripts(unittest.TestCase):
    """release/build, release/checksums, release/channel and release/notes."""

    def test_only_the_highest_release_is_the_latest(self):
        def channel(tag, *released):
            done = subprocess.run(
                [made.RELEASE / "channel", tag],
                input="".join(f"{one}\n" for one in released),
                capture_output=True,
                text=True,
            )
            return done.stdout.strip() or done.stderr

        self.assertEqual(channel("v0.1.0"), "latest")
        self.assertEqual(channel("v1.10.0", "v1.9.3", "v1.2.0"), "latest")
        self.assertEqual(channel("v1.9.4", "v1.10.0", "v1.9.3"), "backport")
        # Again, and beside what is no whole release.
        self.assertEqual(channel("v1.10.0", "v1.10.0", "v2.0.0-rc.1", "nightly"), "latest")
        self.assertEqual(channel("v2.0.0-rc.2", "v1.10.0"), "next")
        for wrong in ("", "1.2.3", "v1.2", "v1.2.3 v9.0.0"):
            self.assertIn("usage: release/channel TAG", channel(wrong))

    def small(self):
        binary = made.folder() / "any"
        binary.write_text("a stand-in: nothing here runs it\n")
        return binary

    def test_the_same_commit_packed_twice_is_the_same(self):
        one, two = made.folder(), made.folder()
        binary = self.small()
        for dist in (one, two):
            self.assertEqual(made.build(dist, made.TARGET, "--binary", binary).returncode, 0)
            # Whose file it is, when it was made and who may read it is not told.
            os.utime(binary, (1, 1))
            binary.chmod(0o700)
        self.assertEqual((one / made.ARCHIVE).read_bytes(), (two / made.ARCHIVE).read_bytes())
        with tarfile.open(one / made.ARCHIVE) as tar:
            told = [(m.name, m.mode, m.uid, m.uname) for m in tar.getmembers()]
        top = made.ARCHIVE.removesuffix(".tar.gz")
        files = [(f"{top}/{name}", 0o644, 0, "") for name in ("LICENSE", "README.md")]
        self.assertEqual(told, [(top, 0o755, 0, ""), *files, (f"{top}/probity", 0o755, 0, "")])

    def test_what_cannot_be_built_is_told_before_it_is_begun(self):
        told = made.build(made.folder(), "sparc-sun-solaris")
        self.assertNotEqual(told.returncode, 0)
        self.assertIn("usage: release/build TARGET", told.stderr)
        far = "aarch64-apple-darwin" if "linux" in made.TARGET else "aarch64-unknown-linux-musl"
        told = made.build(made.folder(), far)
        self.assertNotEqual(told.returncode, 0)
        self.assertIn(f"rustup target add {far}", told.stderr)

    @unittest.skipUnless("linux" in made.TARGET, "containers are made of archives for Linux")
    def test_the_container_is_laid_out_of_the_archive(self):
        certificates, image = made.folder() / "trusted.crt", made.folder() / "image"
        certificates.write_text("certificates\n")
        command = [made.RELEASE / "image", made.made() / "dist", image, certificates]
        status, _, err = run_it(*command)
        self.assertEqual(status, 0, err)
        root = image / ("amd64" if made.TARGET.startswith("x86_64") else "arm64")
        held = sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())
        wanted = ["LICENSE", "etc/passwd", "etc/ssl/certs/ca-certificates.crt", "probity"]
        self.assertEqual(held, wanted)
        self.assertEqual((root / "probity").read_bytes(), (made.made() / "probity").read_bytes())
        self.assertEqual(run_it(*command)[0], 1, "never over what is there")
        nothing = [made.RELEASE / "image", made.folder(), image / "other", certificates]
        self.assertIn("holds no archive", run_it(*nothing)[2])

    def test_checksums_are_of_what_is_there(self):
        dist, packages = made.folder(), made.folder()
        self.assertIn("holds no archive", made.checksums(dist, packages).stderr)
        made.build(dist, made.TARGET, "--binary", self.small())
        with open(dist / made.ARCHIVE, "ab") as archive:
            archive.write(b"more")
        told = made.checksums(dist, packages)
        self.assertNotEqual(told.returncode, 0)
        self.assertIn("nothing was written", told.stderr)
        self.assertEqual(os.listdir(packages), [])

    def test_checksums_fill_both_packages_with_the_same(self):
        top = made.made()
        told = [
            json.loads((top / path).read_text())
            for path in ("npx/release.json", "uvx/src/probity_cli/release.json")
        ]
        self.assertEqual(told[0], told[1])
        self.assertEqual(list(told[0]["archives"]), [made.TARGET])
        self.assertIn(
            told[0]["archives"][made.TARGET]["sha256"], (top / "dist/SHA256SUMS").read_text()
        )
        self.assertIn(made.REPOSITORY, (top / "npx/package.json").read_text())
        self.assertIn(made.REPOSITORY, (top / "uvx/pyproject.toml").read_text())

    def test_a_second_filling_changes_nothing_more(self):
        top = made.folder()
        for package in ("npx", "uvx"):
            shutil.copytree(made.made() / package, top / package)
        before = (top / "uvx/pyproject.toml").read_text()
        self.assertEqual(made.checksums(made.made() / "dist", top).returncode, 0)
        self.assertEqual((top / "uvx/pyproject.toml").read_text(), before)

    def test_the_tree_agrees_about_its_version_and_a_tag_must(self):
        tree = (made.RELEASE.parent / "Cargo.toml").read_text()
        version = re.search(r'^version = "(.*)"$', tree, re.MULTILINE).group(1)
        status, _, err = run_it(made.RELEASE / "notes", f"v{version}")
        # Until it is released there is nothing to say of it; the numbers agree.
        self.assertTrue(status == 0 or f'nothing under "## [{version}]"' in err, err)
        status, _, err = run_it(made.RELEASE / "notes", "v99.0.0")
        self.assertNotEqual(status, 0)
        self.assertIn(f"the tag says 99.0.0, Cargo.toml says {version}", err)


if __name__ == "__main__":
    unittest.main()
