# Exports. The server deletes them after Exports__Retention; this is for what it left.
resource "google_storage_bucket" "files" {
  name                        = "${var.project}-lucitra"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = !var.deletion_protection

  versioning {
    enabled = false
  }

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  # An upload that was cut off.
  lifecycle_rule {
    condition {
      age = 2
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }

  lifecycle_rule {
    condition {
      age            = 30
      matches_prefix = ["exports/"]
    }
    action {
      type = "Delete"
    }
  }

  depends_on = [google_project_service.this]
}
