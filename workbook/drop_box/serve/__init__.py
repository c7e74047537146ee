"""The server of a drop box: takes sealed files over HTTP, and shows their sites. On a computer only."""
