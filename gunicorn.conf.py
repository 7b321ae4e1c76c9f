"""How the web server runs, in the demo and in production alike (read from the working folder)."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 10
# Recycled now and then, so that a slow leak never becomes an outage.
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
