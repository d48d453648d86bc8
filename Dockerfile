# Two stages: the first installs the locked dependencies, the second holds only what runs.
#   docker build -t ipweek-bot .
#   docker run --read-only --tmpfs /tmp -v ipweek-state:/state -e TELEGRAM_BOT_TOKEN=… ipweek-bot
# Own knowledge: add  -v "$PWD/knowledge:/app/knowledge:ro"

FROM python:3.12-slim AS build
WORKDIR /app
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
COPY bot bot
COPY knowledge knowledge
RUN python -m compileall -q bot

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin ipweek \
    && install -d -o 10001 -g 10001 /state
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app/bot bot
COPY --from=build /app/knowledge knowledge
# /dev/shm is writable even where the file system is read-only.
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    IPWEEK_CACHE= \
    STATE_FOLDER=/state \
    HEARTBEAT_FILE=/dev/shm/ipweek-heartbeat \
    TELEGRAM_WEBHOOK_LISTEN=0.0.0.0
VOLUME /state
USER 10001
# Polling touches the file at least every half minute, a webhook bot too.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=2 \
    CMD ["python", "-c", "import os, sys, time; sys.exit(time.time() - os.stat(os.environ['HEARTBEAT_FILE']).st_mtime > 90)"]
# The exec form hands SIGTERM to the bot itself; it needs at most ten seconds to finish.
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "run"]
