# TheraPsy Connect in one container: build the pages, then ship server, pages and the server's packages only.
# Debian 13 has the glibc (2.41) that native packages of the server need; 2.38 is the least.
# Another registry or mirror: --build-arg BUN=… --build-arg BASE=…
ARG BUN=docker.io/oven/bun:1.4.5-slim
ARG BASE=docker.io/library/debian:trixie-slim

FROM ${BUN} AS bun

FROM ${BASE} AS base
COPY --from=bun /usr/local/bin/bun /usr/local/bin/bun
WORKDIR /app

FROM base AS pages
COPY package.json bun.lock bunfig.toml ./
RUN bun install --frozen-lockfile
COPY . .
RUN bun run build

FROM base AS packages
COPY package.json bun.lock bunfig.toml ./
# Peers that are only types, and native parts for other systems, are never loaded here.
RUN bun install --frozen-lockfile --production \
 && rm -rf node_modules/typescript node_modules/@typescript node_modules/bun-types node_modules/@types \
      node_modules/@libsql/linux-*-musl \
 && find node_modules/@moq/web-transport -name '*.node' ! -name '*.linux-*-gnu.node' -delete \
 && find node_modules -name '*.map' -delete

FROM base
# The folder must be the user's before VOLUME, else the database cannot be opened (SQLite error 14).
RUN install -d -m 700 -o 1000 -g 1000 /data
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
