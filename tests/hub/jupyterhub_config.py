# A hub on this machine's loopback device, as a test needs it: anybody may log in with one password, and each server is a
# process of the same user, in a home folder that is empty at first.
import json
import os

job = json.loads(os.environ["BACKPROP_HUB"])
c = get_config()  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{job['ports'][0]}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{job['ports'][1]}"
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.cookie_secret_file = os.path.join(job["folder"], "cookie_secret")
c.ConfigurableHTTPProxy.command = ["node", job["proxy"]]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{job['ports'][2]}"
c.ConfigurableHTTPProxy.pid_file = os.path.join(job["folder"], "proxy.pid")

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = job["password"]
c.Authenticator.allow_all = True

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = os.path.join(job["folder"], "homes", "{username}")
c.Spawner.environment = job["env"]
c.Spawner.args = ["--allow-root"] if os.getuid() == 0 else []
c.Spawner.ip = "127.0.0.1"
