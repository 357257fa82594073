project              = "example-lucitra-production"
environment          = "production"
region               = "europe-west1"
domain               = "crm.example.com"
github_repository_id = "0"
alert_email          = "oncall@example.com"
deletion_protection  = true
trace_share          = 0.1

api      = { cpu = "2", memory = "1Gi", min_instances = 2, max_instances = 10, concurrency = 500 }
webhooks = { cpu = "1", memory = "512Mi", min_instances = 1, max_instances = 6, concurrency = 80 }
worker   = { cpu = "2", memory = "1Gi", min_instances = 1, max_instances = 4, concurrency = 20 }

database = {
  tier              = "db-custom-2-7680"
  high_availability = true
  max_connections   = 250
  pool_size         = 10
  retained_backups  = 14
}
