# TheraPsy Connect in one container: build the pages, then ship server, pages and production packages only.
# Debian 13 has the glibc (2.41) that native packages of the server need; 2.38 is the least.

FROM oven/bun:1.4.5-slim AS bun

FROM debian:trixie-slim AS base
COPY --from=bun /usr/local/bin/bun /usr/local/bin/bun
WORKDIR /app

FROM base AS pages
COPY package.json bun.lock bunfig.toml ./
RUN bun install --frozen-lockfile
COPY . .
RUN bun run build

FROM base AS packages
COPY package.json bun.lock bunfig.toml ./
RUN bun install --frozen-lockfile --production

FROM base
# The folder must be the user's before VOLUME, else the database cannot be opened (SQLite error 14).
RUN install -d -o 1000 -g 1000 /data
COPY package.json ./
COPY --from=packages /app/node_modules node_modules
COPY wire wire
COPY db db
COPY server server
COPY --from=pages /app/dist dist
ENV NODE_ENV=production TPC_HOST=0.0.0.0 TPC_DATA=/data
USER 1000:1000
VOLUME /data
EXPOSE 3000 3478/udp 4433/udp 4434/udp
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["bun", "--no-install", "server/health.ts"]
# Bun as process 1 gets SIGTERM itself and stops within two seconds. Missing packages are never fetched at run time.
CMD ["bun", "--no-install", "server/main.ts"]
