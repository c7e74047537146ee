"""JupyterHub for a practice on one Linux machine: a server for each person, as their own user of the system.

deploy/README.md says how to set the machine up. Settings that differ from practice to practice are environment
variables, which the service reads from /etc/workbook/hub.env; none of them has a password in it but the one marked.

    WORKBOOK_HUB_URL          the address people open, https://workbook.example.org
    WORKBOOK_OIDC_AUTHORIZE   three addresses of the sign-in service, which its page /.well-known/openid-configuration
    WORKBOOK_OIDC_TOKEN       calls authorization_endpoint, token_endpoint and userinfo_endpoint
    WORKBOOK_OIDC_USERINFO
    WORKBOOK_OIDC             instead of the three: the address before /authorize, /token and /userinfo
    WORKBOOK_OIDC_CLIENT_ID
    WORKBOOK_OIDC_SECRET      a secret; so /etc/workbook/hub.env is readable by root alone
    WORKBOOK_OIDC_CLAIM       what the service says that names a person for good: email, or sub
    WORKBOOK_PEOPLE           the file that says who is who: {"ada@example.org": "ada"}
    WORKBOOK_HUB_STATE        the folder of the hub's own files, /var/lib/workbook-hub
    WORKBOOK_HUB_PORTS        three ports on this machine: for the proxy in front, the hub, and the proxy's own door
    WORKBOOK_HUB_PROXY        the program that leads a request to a person's server, configurable-http-proxy
    WORKBOOK_DATABASE         postgresql:///workbook
    WORKBOOK_NOTEBOOKS        the practice's folder of pages, if it has one
"""

import os
import sys
from pathlib import Path

from workbook.folder import pages
from workbook.serve.hub import people, servers

c = get_config()  # noqa: F821

os.umask(0o077)  # the hub's database and its keys, and all that the servers write, are for their owner alone
state = Path(os.environ.get("WORKBOOK_HUB_STATE", "/var/lib/workbook-hub"))
public, inner, door = os.environ.get("WORKBOOK_HUB_PORTS", "8000 8081 8001").split()

# Addresses: everything listens on this machine only. A proxy with a certificate is in front, see deploy/README.md.
c.JupyterHub.bind_url = f"http://127.0.0.1:{public}/"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{inner}"
address = os.environ.get("WORKBOOK_HUB_URL", "").rstrip("/")
c.JupyterHub.public_url = address
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{door}"
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
c.ConfigurableHTTPProxy.command = os.environ.get("WORKBOOK_HUB_PROXY", "configurable-http-proxy").split()

# The hub's own files.
c.JupyterHub.db_url = f"sqlite:///{state}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")
c.JupyterHub.cleanup_servers = False  # a new start of the hub ends nobody's page
c.JupyterHub.cookie_max_age_days = 1
c.JupyterHub.tornado_settings = {"headers": {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}}
c.JupyterHub.log_level = "WARN"  # each request would be a line with a name and an address in it
c.ConfigurableHTTPProxy.log_level = "warn"  # it would name everybody who comes

# Sign-in: a service that speaks OpenID Connect. The file of names decides who somebody is here, and who gets in at all.
service = os.environ.get("WORKBOOK_OIDC", "").rstrip("/")
named = Path(os.environ.get("WORKBOOK_PEOPLE", "/etc/workbook/people.json"))
c.JupyterHub.authenticator_class = "generic-oauth"
c.GenericOAuthenticator.client_id = os.environ.get("WORKBOOK_OIDC_CLIENT_ID", "")
c.GenericOAuthenticator.client_secret = os.environ.get("WORKBOOK_OIDC_SECRET", "")
c.GenericOAuthenticator.oauth_callback_url = address + "/hub/oauth_callback"
c.GenericOAuthenticator.authorize_url = os.environ.get("WORKBOOK_OIDC_AUTHORIZE", f"{service}/authorize")
c.GenericOAuthenticator.token_url = os.environ.get("WORKBOOK_OIDC_TOKEN", f"{service}/token")
c.GenericOAuthenticator.userdata_url = os.environ.get("WORKBOOK_OIDC_USERINFO", f"{service}/userinfo")
c.GenericOAuthenticator.scope = ["openid", "email"]
c.GenericOAuthenticator.username_claim = people.named_in(named, os.environ.get("WORKBOOK_OIDC_CLAIM", "email"))
c.GenericOAuthenticator.login_service = "your practice"
c.Authenticator.allowed_users = people.everybody()  # after somebody was added: systemctl restart workbook-hub
c.Authenticator.admin_users = set()  # nobody: an administrator of a hub can open every server
c.Authenticator.delete_invalid_users = True  # somebody who has left the system leaves the hub
c.Authenticator.any_allow_config = True

# What a signed-in person may do with the hub: start, open and stop their own server. No sharing, no tokens by name.
c.JupyterHub.allow_named_servers = False
c.JupyterHub.load_roles = [
    {"name": "user", "scopes": ["self"]},
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600", "--cull-every=300"],
    }
]

# A person's server.
c.JupyterHub.spawner_class = "workbook.serve.hub.spawner.LimitedSpawner"
c.LimitedSpawner.memory = 1024  # MB for each process
c.LimitedSpawner.processes = 256
c.Spawner.pre_spawn_hook = servers.prepare  # JupyterLab for an advocate, pages alone for a client
c.Spawner.disable_user_config = True
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.JupyterHub.concurrent_spawn_limit = 4
c.JupyterHub.active_server_limit = 60
c.Spawner.env_keep = ["LANG", "LC_ALL", "TZ"]
c.Spawner.environment = {
    "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
    "PYTHONNOUSERSITE": "1",  # no code from a person's own folder runs in their server
    "JUPYTER_RUNTIME_DIR": servers.runtime_folder,
    "WORKBOOK_DATABASE": os.environ.get("WORKBOOK_DATABASE", "postgresql:///workbook"),
    "WORKBOOK_NOTEBOOKS": str(pages.served()),
    "WORKBOOK_DROP_BOX": lambda spawner: f"/var/lib/workbook-drop-box/{spawner.user.name}",  # if they have one
    "WORKBOOK_PAGES": "6",  # open at once by one person; a page needs 80 MB
}

# Instead of LimitedSpawner: jupyterhub-systemdspawner, where systemd itself holds the limits over all processes of a
# person together. It needs systemd with cgroup v2, the hub as root, and `pip install jupyterhub-systemdspawner`.
#   c.JupyterHub.spawner_class = "systemd"
#   c.SystemdSpawner.mem_limit = "1G"
#   c.SystemdSpawner.isolate_tmp = True
#   c.SystemdSpawner.isolate_devices = True
#   c.SystemdSpawner.disable_user_sudo = True
#   c.SystemdSpawner.unit_extra_properties = {"UMask": "0077", "LimitCORE": "0", "TasksMax": "256"}
