# The server as an image; ./build.sh image builds and labels it, docs/deployment.md says how to run it.
# Everything is pinned: the same commit gives the same program. Newer base images are taken by changing them here, or with
# --build-arg, by tag or digest.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0.401-noble
# "extra" has the time zones, which aggregates by day, week and month need.
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled-extra

# What npm fetches and builds for the browser.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS web
WORKDIR /src
COPY build.sh ./
COPY Lucitra.Graph/Explorer/package.json Lucitra.Graph/Explorer/package-lock.json Lucitra.Graph/Explorer/
COPY Lucitra.Graph/DashboardPage/package.json Lucitra.Graph/DashboardPage/package-lock.json Lucitra.Graph/DashboardPage/tsconfig.json Lucitra.Graph/DashboardPage/bundle.mjs Lucitra.Graph/DashboardPage/
COPY Lucitra.Graph/DashboardPage/src Lucitra.Graph/DashboardPage/src
RUN --mount=type=cache,target=/root/.npm ./build.sh web

# The program, compiled ahead for the target's processor on the builder's.
FROM --platform=$BUILDPLATFORM ${SDK_IMAGE} AS build
WORKDIR /src
COPY . .
COPY --from=web /src/Lucitra.Graph/Explorer/node_modules Lucitra.Graph/Explorer/node_modules
COPY --from=web /src/Lucitra.Graph/DashboardPage/dist Lucitra.Graph/DashboardPage/dist
ARG TARGETARCH=amd64
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG SOURCE_DATE_EPOCH=0
RUN --mount=type=cache,target=/root/.nuget/packages \
    LUCITRA_VERSION="$VERSION" LUCITRA_REVISION="$REVISION" ./build.sh publish --output /app --arch "$TARGETARCH" && mkdir /data

# No shell, no package manager, no root. Without HEALTHCHECK: the platform asks /health/live and /health/ready.
FROM ${RUNTIME_IMAGE}
ARG RUNTIME_IMAGE
ARG VERSION=0.0.0
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
LABEL org.opencontainers.image.title="Lucitra" \
      org.opencontainers.image.description="GraphQL API server that makes HubSpot's data live" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.vendor="The Lucitra authors" \
      org.opencontainers.image.base.name="${RUNTIME_IMAGE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}"
WORKDIR /app
COPY --from=build /app ./
# The only place it writes to, and only where SQLite or local files are used: mount a volume there.
COPY --from=build --chown=$APP_UID:$APP_UID /data ./lucitra-data
# PORT makes it listen on every address; Cloud Run sets its own.
ENV PORT=8080 \
    ASPNETCORE_HTTP_PORTS=
EXPOSE 8080
USER $APP_UID
ENTRYPOINT ["dotnet", "Lucitra.Graph.dll"]
