# The values are added by people, and are in nobody's state: docs/operations.md, "Secrets".
locals {
  secrets = merge(
    {
      database       = "ConnectionStrings__Lucitra"
      client-secret  = "HubSpot__ClientSecret"
      access-token   = "HubSpot__AccessToken"
      api-key        = "Auth__ApiKey"
      key-encryption = "Auth__Tokens__EncryptionSecret"
    },
    var.sentry_enabled ? { sentry-dsn = "Sentry__Dsn" } : {},
  )

  # Who may read which.
  secret_readers = {
    api      = setintersection(keys(local.secrets), ["database", "access-token", "api-key", "key-encryption", "sentry-dsn"])
    webhooks = setintersection(keys(local.secrets), ["database", "client-secret", "sentry-dsn"])
    worker   = setintersection(keys(local.secrets), ["database", "access-token", "sentry-dsn"])
    migrate  = toset(["database"])
  }

  secret_grants = merge([
    for reader, secrets in local.secret_readers : { for secret in secrets : "${reader}/${secret}" => { reader = reader, secret = secret } }
  ]...)
}

resource "google_secret_manager_secret" "this" {
  for_each = local.secrets

  secret_id = "lucitra-${each.key}"

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }

  depends_on = [google_project_service.this]
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = local.secret_grants

  secret_id = google_secret_manager_secret.this[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.runtime[each.value.reader].member
}
