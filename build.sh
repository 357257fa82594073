#!/usr/bin/env bash
# The one command of the repository, on a laptop as in CI. See ./build.sh help.
set -euo pipefail
cd "$(dirname "$0")"

results=artifacts/test-results
scripts=Lucitra.Tests/Node

help() {
  cat <<'TEXT'
./build.sh test [filter]   Install what is missing (PostgreSQL, Chromium, Node, nginx, Java and Google's Pub/Sub emulator:
                           with apt-get, as root or by passwordless sudo), build with warnings as errors, check the format, run the tests
                           (all, or those whose full name contains filter), check the words of the documents, validate
                           Terraform's files where its provider can be had, and run each benchmark once.
                           The last line is "N passed, N failed, N skipped".
                           LUCITRA_TEST_POSTGRES names a server to use in place of an installed one, by a
                           superuser's connection string; LUCITRA_TEST_PUBSUB_EMULATOR names a Pub/Sub emulator
                           by host:port, or its jar. With CI=true a test skipped for want of a server
                           fails the run.
./build.sh format          Put the code into its format.
./build.sh run             Serve on http://localhost:8080 (PORT overrides the port).
./build.sh bench [options] Compare Lucitra over HTTP with statements written by hand and with PostGraphile, on PostgreSQL
                           with 100,000 contacts and as many deals; installs wrk and PostGraphile where it may. --cases,
                           --peers, --connections, --rows, --rounds and --seconds choose; --help lists all. Writes
                           artifacts/bench/comparison.json. --smoke, alone, measures nothing: it runs everything that is
                           measured once and checks the answers.
./build.sh bench micro [options]
                           Run the benchmarks of single paths in one process; --filter '*Query*' chooses some.
./build.sh bench analytics [N...]
                           Measure the dashboard on PostgreSQL with 10,000, 100,000 and 1,000,000 deals (or N, or those
                           of a database by its name).
./build.sh bench ingest [options]
                           Measure how fast webhooks are acknowledged, beside an endpoint that only keeps them, and how fast
                           an import of 20,000 contacts is applied. Writes artifacts/bench/ingest.json. --help lists the options.
./build.sh bench subscriptions [options]
                           Measure 10,000 idle subscribers, one change told to 1,000, and the way from a webhook to a
                           subscriber; --help lists the options. Writes artifacts/bench/subscriptions.json.
./build.sh bench start [options]
                           Measure how soon the server is ready and answers, and its memory, with several settings of the
                           runtime; --help lists the options. Writes artifacts/bench/start.json.
                           LUCITRA_BENCH_POSTGRES names a server to use in place of one started for it.
./build.sh twin [--minutes N]
                           Feed the server from a simulated HubSpot for N minutes (15) per run, with kills, restarts and
                           faults, and compare both in the end.
./build.sh web             Fetch with npm what the server gives to browsers.
./build.sh publish [--output FOLDER] [--arch amd64|arm64]
                           Write the program for Linux, compiled ahead, with its bill of materials, into FOLDER
                           (artifacts/publish). Times and paths in it are those of the commit.
./build.sh image [TAG]     Build the image TAG (lucitra) with docker: the same program on the Dockerfile's base.
                           LUCITRA_VERSION and LUCITRA_REVISION override what publish and image take from the sources.
./build.sh audit           Look for known vulnerabilities in all packages of NuGet and npm, indirect ones too. Fails when
                           there are any; says so where a registry gives no data about them.
./build.sh scan IMAGE      Look for known vulnerabilities and secrets in an image.
./build.sh smoke URL       Ask a running server whether it answers as it should; changes nothing. SMOKE_API_KEY is a key to
                           ask with.
./build.sh push IMAGE TAG  Put an image into the registry of an environment, and print its name there.
./build.sh deploy IMAGE    Release an image of the registry to Cloud Run: migrate, move the traffic in two steps, and move it back
                           where the smoke test fails.
./build.sh rollback        Give the traffic back to the revision before.
                           infra/terraform/README.md says which variables these take.
./build.sh help            Print this.
TEXT
}

say() { printf '%s\n' "build.sh: $*" >&2; }

die() { say "$*"; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

have_postgres() {
  [ -n "${LUCITRA_TEST_POSTGRES:-}" ] || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || have initdb
}

have_chromium() { have chromium || have chromium-browser || have google-chrome; }

have_java() { have java; }

have_pubsub() {
  [ -n "${LUCITRA_TEST_PUBSUB_EMULATOR:-}" ] && return
  local root
  for root in /usr/lib/google-cloud-sdk /opt/google-cloud-sdk "${HOME:-}/google-cloud-sdk" \
    "$(dirname "$(dirname "$(readlink -f "$(command -v gcloud)" || echo /-/-)")")"; do
    compgen -G "$root/platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar" >/dev/null && return
  done
  return 1
}

have_node() { have node && have npm; }

have_wrk() { have wrk; }

have_nginx() { have nginx || [ -x /usr/sbin/nginx ]; }

require_sdk() {
  have dotnet || die "the .NET SDK is not installed; global.json names its version, https://dot.net has it."
  dotnet --version >/dev/null 2>&1 || die "no installed .NET SDK fits global.json; dotnet --list-sdks shows what there is."
}

# Prints the prefix that makes a command run as root, or fails where there is none.
root_prefix() {
  if [ "$(id -u)" -eq 0 ]; then echo env; elif have sudo && sudo -n true 2>/dev/null; then echo sudo; else return 1; fi
}

# apt_install PACKAGE...
apt_install() {
  local root status=0 policy=
  have apt-get && root=$(root_prefix) || return 1
  say "installing $*"
  # The tests start servers of their own: installing one shall not start it.
  if [ "$1" = nginx-light ] && [ ! -e /usr/sbin/policy-rc.d ]; then
    policy=/usr/sbin/policy-rc.d
    "$root" sh -c "printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod +x $policy"
  fi
  [ "$1" != postgresql ] || "$root" sh -c 'mkdir -p /etc/postgresql-common && cd /etc/postgresql-common &&
    { grep -qs "^create_main_cluster" createcluster.conf || echo "create_main_cluster = false" >> createcluster.conf; }'
  "$root" apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=30 update &&
    "$root" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
      -o Dpkg::Options::=--force-confold install "$@" || status=1
  [ -z "$policy" ] || "$root" rm -f "$policy"
  return $status
} >&2

# Makes apt-get know the packages of the Google Cloud CLI, or fails where they are out of reach.
add_google_packages() {
  local root key=/usr/share/keyrings/cloud.google.asc list=/etc/apt/sources.list.d/google-cloud-sdk.list
  [ ! -e "$list" ] || return 0
  have apt-get && have curl && root=$(root_prefix) || return 1
  if curl -fsS --connect-timeout 10 --max-time 30 https://packages.cloud.google.com/apt/doc/apt-key.gpg | "$root" tee "$key" >/dev/null; then
    echo "deb [signed-by=$key] https://packages.cloud.google.com/apt cloud-sdk main" | "$root" tee "$list" >/dev/null
  else
    "$root" rm -f "$key"
    return 1
  fi
} 2>/dev/null

ensure_pubsub() {
  ensure have_java Java default-jre-headless
  have_pubsub || add_google_packages || say "Google's packages are out of reach."
  ensure have_pubsub "the Pub/Sub emulator" google-cloud-cli-pubsub-emulator
}

# ensure CHECK WHAT PACKAGE...: tries to install what CHECK does not find, and says so where it cannot.
ensure() {
  local check=$1 what=$2
  shift 2
  "$check" || { apt_install "$@" && "$check"; } || say "could not install $what: what needs it will be skipped."
}

# install_node_packages FOLDER
install_node_packages() {
  have npm || return 0
  # npm ci empties the folder first, so it is left alone while it fits the lock.
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] && return 0
  (cd "$1" && npm ci --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000) >&2 && return 0
  rm -rf "$1/node_modules"
  say "npm could not install the packages of $1: what needs them will be skipped."
}

check_words() {
  local pages=() page
  for page in README.md docs; do [ -e "$page" ] && pages+=("$page"); done
  [ ${#pages[@]} -eq 0 ] && return 0
  ! grep -rnE 'previously|no longer|was (added|changed|migrated)|phase [0-9]' "${pages[@]}" || {
    say "documents tell what is; history belongs to git and CHANGELOG.md."
    return 1
  }
}

# Validates Terraform's files in a copy, where terraform is installed and its provider can be had.
check_terraform() {
  local copy status=0
  have terraform || { say "terraform is not installed: infra/terraform is not validated."; return 0; }
  copy=$(mktemp -d)
  cp infra/terraform/*.tf "$copy"
  if timeout 120 terraform -chdir="$copy" init -backend=false -input=false >/dev/null 2>&1; then
    terraform -chdir="$copy" validate >&2 || status=1
  else
    say "Terraform's provider is out of reach: infra/terraform is not validated."
  fi
  rm -rf "$copy"
  return $status
}

# Prints "passed failed skipped", summed over the result files.
count_results() {
  cat "$results"/*.trx 2>/dev/null | awk '
    function attribute(name) { return match($0, " " name "=\"[0-9]+") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
    /<Counters / { total += attribute("total"); executed += attribute("executed"); passed += attribute("passed") }
    END { print passed + 0, executed - passed, total - executed }'
}

# Prints each reason to skip once, with the number of tests that gave it.
skip_reasons() {
  cat "$results"/*.trx 2>/dev/null | awk '
    /<UnitTestResult / { skipped = /outcome="NotExecuted"/ }
    skipped && /<Message>/ { gsub(/.*<Message>|<\/Message>.*/, ""); count[$0]++; skipped = 0 }
    END { for (reason in count) printf "skipped %d: %s\n", count[reason], reason }'
}

run_tests() {
  local filter=() status=0 passed failed skipped
  [ $# -gt 0 ] && filter=(--filter "FullyQualifiedName~$1")
  rm -rf "$results"
  dotnet test -c Release --no-build --logger "console;verbosity=minimal" --logger "trx;LogFilePrefix=tests" \
    --results-directory "$results" ${filter[@]+"${filter[@]}"} || status=1
  check_words || status=1
  check_terraform || status=1
  if [ $# -eq 0 ]; then smoke_bench --no-build >&2 || status=1; fi

  skip_reasons
  if [ "${CI:-}" = true ] && skip_reasons | grep -q ': Missing server'; then
    say "with CI=true no test may be skipped for want of a server."
    status=1
  fi
  read -r passed failed skipped < <(count_results)
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] || status=1
  echo "$passed passed, $failed failed, $skipped skipped"
  return $status
}

test_all() {
  require_sdk
  ensure have_postgres PostgreSQL postgresql
  ensure have_chromium Chromium chromium
  ensure have_node "Node and npm" nodejs npm
  ensure have_nginx nginx nginx-light
  ensure_pubsub
  dotnet restore --verbosity quiet
  dotnet build -c Release --no-restore --nologo --verbosity quiet
  dotnet format --verify-no-changes --no-restore || die "the code is not in its format: ./build.sh format mends it."
  install_node_packages "$scripts"
  run_tests "$@"
}

# bench [OPTION OF DOTNET RUN...] -- ARGUMENT...
bench() { dotnet run -c Release --project bench/Lucitra.Benchmarks "$@"; }

# measure [WHAT] [ARGUMENT...]
measure() {
  case ${1:-} in
    micro) bench -- "$@" ;;
    --smoke) smoke_bench ;;
    subscriptions | start) compile_server && with_postgres bench -- "$@" --program artifacts/bench/server ;;
    ingest) shift && ingest "$@" ;;
    [!-]*) with_postgres bench -- "$@" ;;
    *) compare "$@" ;;
  esac
}

# smoke_bench [OPTION OF DOTNET RUN...]: without PostgreSQL the servers of the comparison are not asked.
smoke_bench() {
  if have_postgres; then
    LUCITRA_BENCH_POSTGRES=${LUCITRA_BENCH_POSTGRES:-${LUCITRA_TEST_POSTGRES:-}} with_postgres bench "$@" -- --smoke
  else
    bench "$@" -- --smoke
  fi
}

compare() {
  ensure have_wrk wrk wrk
  have_wrk || die "wrk is not installed."
  install_node_packages bench/PostGraphile
  compile_server
  with_postgres bench -- --program artifacts/bench/server "$@"
}

ingest() {
  local postgres_settings="-c shared_preload_libraries=pg_stat_statements"
  compile_server
  with_postgres bench -- ingest --program artifacts/bench/server "$@"
}

# Writes the program that is measured, as it is published.
compile_server() {
  local runtime=linux-x64
  [ "$(uname -m)" != aarch64 ] || runtime=linux-arm64
  compile $runtime artifacts/bench/work artifacts/bench/server
}

# with_postgres COMMAND...: runs it beside a PostgreSQL server of its own, unless one is named.
with_postgres() {
  if [ -n "${LUCITRA_BENCH_POSTGRES:-}" ]; then "$@"; return; fi
  ensure have_postgres PostgreSQL postgresql
  local folder binaries port=$((20000 + RANDOM % 20000)) as=() status=0
  folder=$(mktemp -d)
  binaries=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -1 || true)
  [ -n "$binaries" ] || binaries=$(dirname "$(command -v initdb)")
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; as=(setpriv --reuid=postgres --regid=postgres --clear-groups); fi
  "${as[@]}" "$binaries/initdb" -D "$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  "${as[@]}" "$binaries/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "-p $port -k $folder -c shared_buffers=512MB -c maintenance_work_mem=256MB -c max_wal_size=4GB -c max_connections=400 ${postgres_settings:-}" start >/dev/null
  LUCITRA_BENCH_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres" "$@" || status=$?
  "${as[@]}" "$binaries/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
  rm -rf "$folder"
  return $status
}

# twin [--minutes N]
twin() {
  local minutes=15
  [ "${1:-}" != --minutes ] || minutes=${2:?--minutes takes a number}
  ensure have_postgres PostgreSQL postgresql
  LUCITRA_TWIN_MINUTES=$minutes dotnet test -c Release --logger "console;verbosity=detailed" --filter "FullyQualifiedName~TwinRunTests"
}

version() { echo "${LUCITRA_VERSION:-$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)}"; }

revision() { echo "${LUCITRA_REVISION:-$(git rev-parse HEAD 2>/dev/null || echo unknown)}"; }

# The time of the commit, in seconds: every file of a release carries it.
source_date() { echo "${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}"; }

rfc3339() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ; }

web() {
  have npm || die "npm is not installed; Node.js 20 or later brings it."
  local lock folder
  for lock in Lucitra.Graph/*/package-lock.json; do
    folder=$(dirname "$lock")
    (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error && touch node_modules/.lucitra-stamp && npm run build --if-present --silent)
  done
}

# compile RUNTIME WORK OUTPUT: the program as it is released.
compile() {
  # Analyzers have their say in a build for the tests. What git knows is given, since the image is built without git. Servers
  # of the compiler would outlive this command.
  dotnet publish Lucitra.Graph -c Release -r "$1" --no-self-contained --artifacts-path "$2" -o "$3" \
    -p:PublishReadyToRun=true -p:UseAppHost=false -p:ContinuousIntegrationBuild=true -p:EnableSourceLink=false \
    -p:EnableSourceControlManagerQueries=false -p:EmbedUntrackedSources=false \
    -p:VersionPrefix="$(version)" -p:SourceRevisionId="$(revision)" -p:RunAnalyzers=false \
    -nodeReuse:false -p:UseSharedCompilation=false --nologo --verbosity quiet
}

# publish [--output FOLDER] [--arch amd64|arm64]
publish() {
  local output=artifacts/publish arch=amd64 work=artifacts/publish-work runtime
  while [ $# -gt 0 ]; do
    case $1 in
      --output) output=${2:?--output takes a folder} ;;
      --arch) arch=${2:?--arch takes amd64 or arm64} ;;
      *) die "publish has no option $1." ;;
    esac
    shift 2
  done
  case $arch in
    amd64) runtime=linux-x64 ;;
    arm64) runtime=linux-arm64 ;;
    *) die "there is no program for $arch: --arch takes amd64 or arm64." ;;
  esac

  rm -rf "$output"
  compile "$runtime" "$work" "$output"
  cp LICENSE "$output"
  bill_of_materials "$output" "$work"
  find "$output" -exec touch -h -d "@$(source_date)" {} +
}

# bill_of_materials PUBLISHED WORK: writes _manifest/spdx_2.2 with the packages of NuGet and npm and a hash of every file.
bill_of_materials() {
  local parts=$2/parts lock
  rm -rf "$parts"
  mkdir -p "$parts"
  cp "$2/obj/Lucitra.Graph/project.assets.json" "$parts"
  for lock in Lucitra.Graph/*/package-lock.json; do
    mkdir "$parts/$(basename "$(dirname "$lock")")"
    cp "$lock" "${lock%-lock.json}.json" "$parts/$(basename "$(dirname "$lock")")"
  done
  dotnet tool restore --verbosity quiet >/dev/null
  dotnet tool run sbom-tool -- generate -b "$1" -bc "$parts" -pn lucitra -pv "$(version)" -ps Lucitra \
    -nsb https://spdx.org/spdxdocs -nsu "$(revision)" -gt "$(rfc3339 "$(source_date)")" -V Error >/dev/null
}

# image [TAG]
image() {
  have docker || die "docker is not installed."
  docker build --tag "${1:-lucitra}" --build-arg VERSION="$(version)" --build-arg REVISION="$(revision)" \
    --build-arg CREATED="$(rfc3339 "$(source_date)")" --build-arg SOURCE_DATE_EPOCH="$(source_date)" .
}

# Prints the known vulnerabilities of NuGet packages; 1 when there are any, 2 when the registry does not tell.
audit_nuget() {
  local log found
  log=$(dotnet restore --force --nologo --configfile .ci/audit.config -p:TreatWarningsAsErrors=false \
    -p:NuGetAudit=true -p:NuGetAuditMode=all -p:NuGetAuditLevel=low 2>&1) || { printf '%s\n' "$log" >&2; die "the packages could not be restored."; }
  found=$(grep -oE 'NU190[1-4]: .*' <<<"$log" | sort -u) && { printf '%s\n' "$found"; return 1; }
  ! grep -qE 'NU190[05]' <<<"$log" || return 2
}

# audit_npm FOLDER: the same for npm packages.
audit_npm() {
  local report
  have npm || return 2
  report=$(cd "$1" && npm audit --json --audit-level=low 2>/dev/null) && return 0
  grep -q '"auditReportVersion"' <<<"$report" || return 2
  (cd "$1" && npm audit --audit-level=low) || return 1
}

audit() {
  require_sdk
  local failed=0 unknown=0 what code
  for what in NuGet Lucitra.Graph/Explorer Lucitra.Graph/DashboardPage "$scripts" bench/PostGraphile; do
    code=0
    if [ "$what" = NuGet ]; then audit_nuget || code=$?; else audit_npm "$what" || code=$?; fi
    case $code in
      0) say "$what: no known vulnerabilities." ;;
      1) say "$what: known vulnerabilities, see above."; failed=1 ;;
      *) say "$what: not audited, since the registry gave no data about vulnerabilities."; unknown=$((unknown + 1)) ;;
    esac
  done
  [ $unknown -eq 0 ] || say "$unknown of 5 package lists could not be audited here."
  return $failed
}

target=${1:-help}
[ $# -eq 0 ] || shift
case $target in
  test) test_all "$@" ;;
  format) require_sdk && dotnet format ;;
  run) require_sdk && dotnet run --project Lucitra.Graph -- "$@" ;;
  web) web ;;
  publish) require_sdk && publish "$@" ;;
  image) image "$@" ;;
  audit) audit ;;
  bench) require_sdk && measure "$@" ;;
  twin) require_sdk && twin "$@" ;;
  scan | smoke | push | deploy | rollback) infra/release.sh "$target" "$@" ;;
  help) help ;;
  *) help >&2 && die "there is no target $target." ;;
esac
