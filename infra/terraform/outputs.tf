output "address" {
  description = "Where the A record of the domain points."
  value       = google_compute_global_address.this.address
}

output "webhook" {
  description = "The target URL to give HubSpot."
  value       = "https://${var.domain}/webhook"
}

output "database_host" {
  description = "The private address for the connection string."
  value       = google_sql_database_instance.this.private_ip_address
}

output "registry" {
  description = "Where images are pushed."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "workload_identity_provider" {
  description = "The variable GOOGLE_WORKLOAD_IDENTITY_PROVIDER of the environment at GitHub."
  value       = google_iam_workload_identity_pool_provider.github.name
}

output "release_account" {
  description = "The variable GOOGLE_SERVICE_ACCOUNT of the environment at GitHub."
  value       = google_service_account.release.email
}
