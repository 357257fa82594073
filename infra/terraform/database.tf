locals {
  # Every instance has a pool of its own.
  instances = var.api.max_instances + var.webhooks.max_instances + var.worker.max_instances
}

resource "google_sql_database_instance" "this" {
  name                = "lucitra"
  database_version    = "POSTGRES_17"
  region              = var.region
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.database.tier
    edition                     = "ENTERPRISE"
    availability_type           = var.database.high_availability ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_autoresize             = true
    deletion_protection_enabled = var.deletion_protection

    ip_configuration {
      ipv4_enabled    = false
      private_network = google_compute_network.this.id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      start_time                     = "02:00"
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = var.database.retained_backups
      }
    }

    maintenance_window {
      day  = 7
      hour = 3
    }

    insights_config {
      query_insights_enabled = true
    }

    database_flags {
      name  = "max_connections"
      value = tostring(var.database.max_connections)
    }
  }

  lifecycle {
    precondition {
      condition     = var.database.pool_size * local.instances < var.database.max_connections
      error_message = "database.pool_size for every instance of api, webhooks and worker is more than database.max_connections."
    }
  }

  depends_on = [google_service_networking_connection.database]
}

resource "google_sql_database" "lucitra" {
  name     = "lucitra"
  instance = google_sql_database_instance.this.name
}
