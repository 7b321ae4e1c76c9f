# One image for web, worker and beat; docker-compose.yml and Procfile say how each is started.
FROM python:3.11-slim-trixie

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
        postgresql-client \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    UV_PYTHON_DOWNLOADS=never \
    UV_LINK_MODE=copy \
    PATH="/app/.venv/bin:$PATH" \
    DJANGO_SETTINGS_MODULE=laocai_tdkt.settings.production

WORKDIR /app
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --no-cache

COPY . .
# Collecting static files needs settings, not secrets: these values never reach a running portal.
RUN SECRET_KEY=only-for-collectstatic IDENTITY_KEYS='{}' python manage.py collectstatic --no-input \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /data/files

ENV FILES_DIR=/data/files
USER portal
EXPOSE 8000
CMD ["gunicorn", "laocai_tdkt.wsgi", "--bind", "0.0.0.0:8000"]
