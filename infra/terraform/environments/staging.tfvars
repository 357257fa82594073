project              = "example-lucitra-staging"
environment          = "staging"
region               = "europe-west1"
domain               = "staging.crm.example.com"
github_repository_id = "0"
alert_email          = ""
deletion_protection  = false
trace_share          = 1

api      = { cpu = "1", memory = "512Mi", min_instances = 0, max_instances = 2, concurrency = 200 }
webhooks = { cpu = "1", memory = "512Mi", min_instances = 0, max_instances = 2, concurrency = 80 }
worker   = { cpu = "1", memory = "512Mi", min_instances = 1, max_instances = 2, concurrency = 20 }

database = {
  tier              = "db-custom-1-3840"
  high_availability = false
  max_connections   = 100
  pool_size         = 10
  retained_backups  = 3
}
