"""Both installers, by the same tests: what is fetched and when, what is handed through, and what
goes wrong.

Each test runs the real package against a server of this process, with the real binary.
"""

import json
import os
import shutil
import signal
import subprocess
import unittest
from pathlib import Path

import made
from mirror import Mirror

CONTRACTS = made.RELEASE.parent / "contracts"
# One machine that is not known, as each language's own machinery would tell it.
ELSEWHERE = {
    "npx": "Object.defineProperty(process, 'platform', { value: 'SunOS' })",
    "uvx": "import platform; platform.system = lambda: 'SunOS'",
}


class Installer:
    """What is true of both; `command` says which of them it is about."""

    command = None

    @classmethod
    def setUpClass(cls):
        cls.made = made.made()
        cls.mirror = Mirror(cls.made / "dist")
        # For tests that are not about fetching.
        cls.filled = made.folder()

    @classmethod
    def tearDownClass(cls):
        cls.mirror.close()

    def setUp(self):
        self.mirror.asked.clear()
        self.cache = made.folder()

    def started(self, *args, how="good", cache=None, packages=None, env=None, **more):
        command, path = type(self).command(packages or self.made)
        places = {"XDG_CACHE_HOME": cache or self.cache, "PROBITY_MIRROR": self.mirror.at(how)}
        env = made.environment(**{**places, **path, **(env or {})})
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen([*command, *args], env=env, **{**pipes, **more})

    def run_it(self, *args, stdin="", **more):
        process = self.started(*args, stdin=subprocess.PIPE, **more)
        out, err = process.communicate(stdin)
        return process.returncode, out, err

    def refused(self, code, *words, **more):
        status, out, err = self.run_it("--version", **more)
        self.assertEqual((status, out), (127, ""), err)
        self.assertIn(f"error[{code}]: ", err)
        for word in (*words, "nothing was run", "fix: "):
            self.assertIn(word, err)
        self.assertNotIn("Traceback", err)
        self.assertNotIn("    at ", err)
        return err

    def held(self):
        folder = self.cache / "probity/cli"
        return sorted(os.listdir(folder)) if folder.is_dir() else []

    def test_only_the_first_run_fetches(self):
        status, out, err = self.run_it("--version")
        self.assertEqual((status, out), (0, f"probity {made.VERSION}\n"), err)
        self.assertIn(f"fetching {made.ARCHIVE}", err)
        self.assertEqual(self.run_it("--version"), (0, f"probity {made.VERSION}\n", ""))
        self.assertEqual([path for _, path, _ in self.mirror.asked], [f"/good/{made.ARCHIVE}"])
        self.assertEqual(len(self.held()), 1)

    def test_two_at_once_do_no_harm(self):
        both = [self.started("--version") for _ in range(2)]
        told = [(*process.communicate(), process.returncode) for process in both]
        self.assertEqual(
            [(out, code) for out, _, code in told], [(f"probity {made.VERSION}\n", 0)] * 2
        )
        self.assertEqual(len(self.held()), 1)

    def test_another_checksum_is_not_run(self):
        for how in ("altered", "longer"):
            self.refused("wrong_checksum", made.ARCHIVE, "report it", how=how)
        self.assertEqual(self.held(), [])

    def test_a_download_that_breaks_off_is_told_and_leaves_nothing(self):
        size = (self.made / "dist" / made.ARCHIVE).stat().st_size
        self.refused("cut_off", f"{size // 2} of {size} bytes came", "try again", how="cut")
        self.assertEqual(self.held(), [])
        self.assertEqual(self.run_it("--version")[0], 0)

    def test_what_is_not_there_or_away_is_told(self):
        self.refused("not_fetched", "404", how="good/of/another")
        self.refused("not_fetched", "could not be fetched", how="endless")
        away = Mirror(self.made / "dist")
        away.close()
        nowhere = {"PROBITY_MIRROR": away.at("good")}
        self.refused("not_fetched", "https_proxy", "PROBITY_MIRROR", env=nowhere)
        self.assertEqual(self.held(), [])

    def test_a_mirror_is_an_address(self):
        for wrong in ("ftp://127.0.0.1/", "/srv/mirror", "https://"):
            self.refused("bad_mirror", "PROBITY_MIRROR", env={"PROBITY_MIRROR": wrong})

    def test_passwords_of_a_mirror_are_used_kept_and_not_told(self):
        self.refused("not_fetched", "401", how="locked")
        other = Mirror(self.made / "dist")
        self.mirror.leads_to = other.at("good")
        try:
            locked = {"PROBITY_MIRROR": self.mirror.at("locked", "ana:s3cret@")}
            self.assertEqual(self.run_it("--version", env=locked)[0], 0)
            [(_, _, headers)] = other.asked
            self.assertNotIn("authorization", {name.lower() for name in headers})
        finally:
            self.mirror.leads_to = None
            other.close()
        altered = {"PROBITY_MIRROR": self.mirror.at("altered", "ana:s3cret@")}
        told = self.refused("wrong_checksum", cache=made.folder(), env=altered)
        self.assertNotIn("s3cret", told)

    def test_a_redirect_is_followed(self):
        self.assertEqual(self.run_it("--version", how="moved")[0], 0)

    def test_the_environments_proxy_is_asked(self):
        proxy = Mirror(self.made / "dist")
        env = {"http_proxy": f"http://bob:pw@127.0.0.1:{proxy.port}"}
        self.addCleanup(proxy.close)
        away = {**env, "PROBITY_MIRROR": "http://mirror.example/good"}
        self.assertEqual(self.run_it("--version", env=away)[0], 0)
        [(_, path, headers)] = proxy.asked
        self.assertEqual(path, f"http://mirror.example/good/{made.ARCHIVE}")
        lower = {name.lower(): value for name, value in headers.items()}
        self.assertEqual(lower["proxy-authorization"], "Basic Ym9iOnB3")
        self.assertEqual(lower["host"], "mirror.example")
        excepted = {**env, "no_proxy": "mirror.example,127.0.0.1"}
        self.assertEqual(self.run_it("--version", cache=made.folder(), env=excepted)[0], 0)
        self.assertEqual(len(proxy.asked), 1)

    def test_a_proxy_does_not_see_what_passes_encrypted(self):
        certificate = made.folder() / "both.pem"
        make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        extra = [
            "-subj",
            "/CN=mirror",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
            "-keyout",
            certificate,
            "-out",
            f"{certificate}.crt",
        ]
        subprocess.run([*make.split(), *extra], check=True, capture_output=True)
        with open(certificate, "a") as both:
            both.write(Path(f"{certificate}.crt").read_text())
        there, proxy = Mirror(self.made / "dist", certificate), Mirror(self.made / "dist")
        self.addCleanup(there.close)
        self.addCleanup(proxy.close)
        env = {"PROBITY_MIRROR": there.at("good"), "https_proxy": f"127.0.0.1:{proxy.port}"}
        self.refused("not_fetched", "certificate", env=env)
        trusted = f"{certificate}.crt"
        env = {**env, "SSL_CERT_FILE": trusted, "NODE_EXTRA_CA_CERTS": trusted}
        status, _, err = self.run_it("--version", env=env)
        self.assertEqual(status, 0, err)
        self.assertEqual(
            {(method, path) for method, path, _ in proxy.asked},
            {("CONNECT", f"127.0.0.1:{there.port}")},
        )

    def test_a_machine_without_a_binary_is_told_how_to_build_one(self):
        self.refused("no_binary", "SunOS", "cargo install", made.REPOSITORY, **self.elsewhere())
        self.assertEqual(self.mirror.asked, [])

    def test_a_copy_that_was_not_released_fetches_nothing(self):
        self.refused("not_released", "cargo install", packages=made.RELEASE)
        self.assertEqual(self.mirror.asked, [])

    def test_no_place_and_no_room_are_told(self):
        occupied = self.cache / "a-file"
        occupied.write_text("")
        self.refused("not_written", "XDG_CACHE_HOME", cache=occupied)
        if not hasattr(os, "geteuid") or shutil.which("unshare") is None:
            return
        self.full_disk()

    def full_disk(self):
        command, path = type(self).command(self.made)
        small = (
            f'mount -t tmpfs -o size=1m none {self.cache} && "$@"; s=$?; find {self.cache}; exit $s'
        )
        inside = ["unshare", "-rm", "sh", "-c", small, "sh", *command, "--version"]
        probe = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", self.cache])
        if probe.returncode != 0:
            self.skipTest("no small file system can be had here")
        env = made.environment(
            XDG_CACHE_HOME=self.cache, PROBITY_MIRROR=self.mirror.at("good"), **path
        )
        done = subprocess.run(inside, env=env, capture_output=True, text=True)
        self.assertEqual(done.returncode, 127, done.stderr)
        self.assertIn("error[not_written]", done.stderr)
        self.assertIn("make room", done.stderr)
        self.assertNotIn(".new-", done.stdout)

    def test_a_binary_that_cannot_be_started_is_told(self):
        self.assertEqual(self.run_it("--version")[0], 0)
        [folder] = self.held()
        (self.cache / "probity/cli" / folder / "probity").write_text("#!/no/such/interpreter\n")
        status, _, err = self.run_it("--version")
        self.assertEqual(status, 126, err)
        self.assertIn("error[not_started]", err)

    def test_arguments_input_and_exit_codes_are_handed_through(self):
        product = made.folder()
        shutil.copy(CONTRACTS / "minimal/contract.yaml", product)
        gateway = {
            "listen": "127.0.0.1:8787",
            "routes": [{"match": "GET /a", "free": True, "upstream": "http://backend"}],
        }
        (product / "probity.yaml").write_text(json.dumps({"gateway": gateway}))
        kept = {"cache": self.filled}
        self.assertEqual(self.run_it("check", product, **kept)[0], 0)
        self.assertEqual(self.run_it("check", product, "--strict", **kept)[0], 2)
        strange = "/none/ with 'quotes' $HOME ✂ "
        status, _, err = self.run_it("check", strange, **kept)
        self.assertEqual(status, 66)
        self.assertIn(strange, err)
        log = "at,customer,action\n"
        status, _, err = self.run_it("replay", "-", "--contract", product, stdin=log, **kept)
        self.assertEqual(status, 66)
        self.assertIn("a header and no rows", err)

    def serving(self):
        database = made.folder() / "probity.db"
        where = ["--database", database, "--listen", "127.0.0.1:0", "--log", "off"]
        process = self.started(
            "serve", CONTRACTS / "minimal", *where, cache=self.filled, start_new_session=True
        )
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(lambda: process.poll() is None and os.killpg(process.pid, signal.SIGKILL))
        for line in process.stderr:
            if "http://127.0.0.1:" in line:
                return process, database
        self.fail("it does not serve")

    def test_ctrl_c_ends_what_runs_and_nothing_outlives_it(self):
        # As from a terminal (everybody in the group), and as from whoever started it (it alone).
        for send in (os.killpg, os.kill):
            for asked in (signal.SIGINT, signal.SIGTERM):
                process, database = self.serving()
                send(process.pid, asked)
                process.communicate()
                self.assertEqual(process.returncode, 0)
                status, _, err = self.run_it("verify", database, cache=self.filled)
                self.assertEqual(status, 0, err)

    def test_death_by_a_signal_is_handed_on(self):
        process, _ = self.serving()
        os.kill(process.pid, signal.SIGHUP)
        process.communicate()
        self.assertEqual(process.returncode, -signal.SIGHUP)


class Npx(Installer, unittest.TestCase):
    command = staticmethod(made.npx)

    def elsewhere(self):
        script = self.cache / "elsewhere.mjs"
        script.write_text(ELSEWHERE["npx"])
        return {"env": {"NODE_OPTIONS": f"--import={script.as_uri()}"}}


class Uvx(Installer, unittest.TestCase):
    command = staticmethod(made.uvx)

    def elsewhere(self):
        folder = made.folder()
        (folder / "sitecustomize.py").write_text(ELSEWHERE["uvx"])
        return {"env": {"PYTHONPATH": f"{folder}:{self.made / 'uvx/src'}"}}


if __name__ == "__main__":
    unittest.main()
