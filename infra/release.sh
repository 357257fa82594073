#!/usr/bin/env bash
# Releases to Cloud Run, for people and for CI alike: ./build.sh scan, smoke, push, deploy, rollback. See ./build.sh help.
set -euo pipefail

services=(worker webhooks api)
trivy=aquasec/trivy:0.66.0

say() { printf '%s\n' "release: $*" >&2; }

die() { say "$*"; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

need() {
  local name
  for name in "$@"; do [ -n "${!name:-}" ] || die "$name is not set; infra/terraform/README.md says which variables a release takes."; done
}

run() { gcloud run "$@" --project "$GOOGLE_PROJECT" --region "$GOOGLE_REGION" --quiet; }

# scan IMAGE
scan() {
  have docker || die "docker is not installed."
  docker run --rm -v /var/run/docker.sock:/var/run/docker.sock "$trivy" image \
    --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed --scanners vuln,secret --no-progress "${1:?scan takes an image}"
}

# push IMAGE TAG: prints the name under which the registry keeps the image, by its digest.
push() {
  need GOOGLE_PROJECT GOOGLE_REGION
  local registry="$GOOGLE_REGION-docker.pkg.dev" name
  name="$registry/$GOOGLE_PROJECT/lucitra/lucitra:${2:?push takes an image and a tag}"
  gcloud auth configure-docker "$registry" --quiet >&2
  docker tag "$1" "$name" >&2
  docker push --quiet "$name" >&2
  docker inspect --format '{{index .RepoDigests 0}}' "$name"
}

# answers STATUS METHOD URL [CURL OPTION...]: whether a request is answered so.
answers() {
  local expected=$1 method=$2 url=$3 status
  shift 3
  status=$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 -X "$method" "$@" "$url") || status=000
  [ "$status" = "$expected" ] || { say "$method $url answered $status instead of $expected."; return 1; }
}

# smoke URL: whether a server answers as it should, without writing anything.
smoke() {
  local url=${1:?smoke takes the URL of a server}
  url=${url%/}
  answers 200 GET "$url/health/live" &&
    answers 200 GET "$url/health/ready" &&
    answers 401 POST "$url/webhook" -H 'Content-Type: application/json' -d '[]' &&
    answers 401 POST "$url/graphql" -H 'Content-Type: application/json' -d '{"query":"{ __typename }"}' &&
    answers 401 GET "$url/api/v1/contacts?first=1" || return 1
  [ -z "${SMOKE_API_KEY:-}" ] ||
    answers 200 POST "$url/graphql" -H "X-Api-Key: $SMOKE_API_KEY" -H 'Content-Type: application/json' -d '{"query":"{ contacts(first: 1) { totalCount } }"}' || return 1
  say "$url answers as it should."
}

# revision_of SERVICE: the revision that serves; where several do, the one with the most traffic.
revision_of() {
  run services describe "lucitra-$1" --flatten 'status.traffic[]' --format 'value(status.traffic.percent,status.traffic.revisionName)' |
    awk '$1 > most { most = $1; name = $2 } END { print name }'
}

# latest_of SERVICE: the revision that was made last.
latest_of() { run services describe "lucitra-$1" --format 'value(status.latestCreatedRevisionName)'; }

# before SERVICE REVISION: the revision that was made before it.
before() {
  run revisions list --service "lucitra-$1" --sort-by '~metadata.creationTimestamp' --format 'value(metadata.name)' |
    awk -v current="$2" 'found == 1 { print } { found += found ? 1 : $1 == current }'
}

shift_traffic() { run services update-traffic "lucitra-$1" --to-revisions "$2" >&2; }

# watch SECONDS: smoke tests the domain for so long.
watch() {
  local until=$((SECONDS + $1))
  while :; do
    smoke "${SMOKE_URL:-https://$DOMAIN}" || return 1
    [ $SECONDS -lt $until ] || return 0
    sleep "${RELEASE_PAUSE:-5}"
  done
}

# deploy IMAGE: migrates, then moves the traffic to the image in two steps, and back where it does not answer.
deploy() {
  need GOOGLE_PROJECT GOOGLE_REGION DOMAIN
  local image=${1:?deploy takes an image} service percent
  declare -A old new

  say "migrating the database"
  run jobs update lucitra-migrate --image "$image" >&2
  run jobs update lucitra-command --image "$image" >&2
  run jobs execute lucitra-migrate --wait >&2 || die "the migration failed; everything goes on as before."

  for service in "${services[@]}"; do
    old[$service]=$(revision_of "$service")
    run deploy "lucitra-$service" --image "$image" --no-traffic >&2
    new[$service]=$(latest_of "$service")
    say "$service: ${old[$service]} serves, ${new[$service]} is ready"
  done

  for percent in "${RELEASE_CANARY_PERCENT:-10}" 100; do
    if ! { advance "$percent" && watch "${RELEASE_HOLD:-60}"; }; then
      for service in "${services[@]}"; do shift_traffic "$service" "${old[$service]}=100"; done
      die "the release was taken back: the revisions from before it serve."
    fi
    say "$percent % of the traffic goes to $image"
  done
}

# advance PERCENT: gives a share of the traffic to the new revisions that deploy made.
advance() {
  local service
  for service in "${services[@]}"; do
    if [ "$1" -eq 100 ]; then
      shift_traffic "$service" "${new[$service]}=100" || return 1
    else
      shift_traffic "$service" "${new[$service]}=$1,${old[$service]}=$((100 - $1))" || return 1
    fi
  done
}

# rollback: gives the traffic to the revision before the one that serves, in every service.
rollback() {
  need GOOGLE_PROJECT GOOGLE_REGION
  local service current previous
  declare -A target
  for service in "${services[@]}"; do
    current=$(revision_of "$service")
    previous=$(before "$service" "$current")
    [ -n "$previous" ] || die "lucitra-$service has no revision before $current; nothing was changed."
    target[$service]=$previous
  done
  for service in "${services[@]}"; do
    shift_traffic "$service" "${target[$service]}=100"
    say "$service: ${target[$service]} serves"
  done
}

"$@"
