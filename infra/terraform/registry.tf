resource "google_artifact_registry_repository" "images" {
  repository_id = "lucitra"
  location      = var.region
  format        = "DOCKER"

  docker_config {
    immutable_tags = true
  }

  # Enough to go back to; what runs is among them.
  cleanup_policies {
    id     = "keep-recent"
    action = "KEEP"

    most_recent_versions {
      keep_count = 20
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      older_than = "7776000s"
    }
  }

  depends_on = [google_project_service.this]
}
