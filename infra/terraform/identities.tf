# One account per service, with the rights that its role needs.
resource "google_service_account" "runtime" {
  for_each = toset(["api", "webhooks", "worker", "migrate"])

  account_id   = "lucitra-${each.value}"
  display_name = "Lucitra: ${each.value}"

  depends_on = [google_project_service.this]
}

# Signs what Pub/Sub posts to the worker.
resource "google_service_account" "push" {
  account_id   = "lucitra-push"
  display_name = "Lucitra: Pub/Sub's posts to the worker"

  depends_on = [google_project_service.this]
}

locals {
  pubsub_agent = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  telemetry_roles  = ["roles/logging.logWriter", "roles/monitoring.metricWriter", "roles/cloudtrace.agent", "roles/telemetry.tracesWriter", "roles/telemetry.metricsWriter"]
  telemetry_grants = { for pair in setproduct(["api", "webhooks", "worker"], local.telemetry_roles) : "${pair[0]}/${pair[1]}" => { reader = pair[0], role = pair[1] } }
}

resource "google_project_iam_member" "telemetry" {
  for_each = local.telemetry_grants

  project = var.project
  role    = each.value.role
  member  = google_service_account.runtime[each.value.reader].member
}

resource "google_pubsub_topic_iam_member" "webhooks_publishes" {
  topic  = google_pubsub_topic.webhooks.id
  role   = "roles/pubsub.publisher"
  member = google_service_account.runtime["webhooks"].member
}

# For `pubsub drain-dead-letters`.
resource "google_pubsub_subscription_iam_member" "worker_drains_dead" {
  subscription = google_pubsub_subscription.dead.id
  role         = "roles/pubsub.subscriber"
  member       = google_service_account.runtime["worker"].member
}

resource "google_pubsub_topic_iam_member" "agent_publishes_dead" {
  topic  = google_pubsub_topic.dead.id
  role   = "roles/pubsub.publisher"
  member = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "agent_takes_dead_from_worker" {
  subscription = google_pubsub_subscription.worker.id
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

resource "google_service_account_iam_member" "agent_signs_as_push" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

# To sign links to files, for which a service has no private key of its own.
resource "google_service_account_iam_member" "signs_links" {
  for_each = toset(["api", "worker"])

  service_account_id = google_service_account.runtime[each.value].name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = google_service_account.runtime[each.value].member
}

resource "google_storage_bucket_iam_member" "files" {
  for_each = toset(["api", "worker"])

  bucket = google_storage_bucket.files.name
  role   = "roles/storage.objectUser"
  member = google_service_account.runtime[each.value].member
}
