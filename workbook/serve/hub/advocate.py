"""The server of one advocate on a hub: jupyterhub's own, with JupyterLab, started without what it does not need."""

from __future__ import annotations

from jupyterhub.singleuser.app import main

if __name__ == "__main__":
    main()
