"""What a JupyterHub needs to serve a practice's workbook. Knows servers and sign-in names, never a case.

Only `deploy/jupyterhub_config.py` and the servers it starts import these modules.
"""

from ..light import lighten

lighten()  # here, because each of these modules imports Jupyter, and a practice has a server for each person
