locals {
  port          = 8080
  push_audience = "https://worker.${var.domain}"

  # What every process is told; what only one of them needs stands with it.
  settings = {
    ASPNETCORE_ENVIRONMENT       = "Production"
    GOOGLE_CLOUD_PROJECT         = var.project
    Database__Provider           = "Postgres"
    Storage__Provider            = "CloudStorage"
    Storage__Bucket              = google_storage_bucket.files.name
    Queue__Provider              = "PubSub"
    Queue__PubSub__Topic         = google_pubsub_topic.webhooks.name
    Queue__PubSub__AckDeadline   = "00:01:00"
    Telemetry__GoogleCredentials = "true"

    # Cloud Run logs each request itself; those that fail are logged with their reason, too.
    Telemetry__RequestLogShare  = "0"
    OTEL_EXPORTER_OTLP_ENDPOINT = "https://telemetry.googleapis.com"
    OTEL_EXPORTER_OTLP_PROTOCOL = "http/protobuf"
    OTEL_TRACES_SAMPLER         = "parentbased_traceidratio"
    OTEL_TRACES_SAMPLER_ARG     = tostring(var.trace_share)
    OTEL_RESOURCE_ATTRIBUTES    = "gcp.project_id=${var.project},cloud.platform=gcp_cloud_run,cloud.region=${var.region},deployment.environment.name=${var.environment}"
    OTEL_METRIC_EXPORT_INTERVAL = "60000"
  }

  services = {
    api = {
      settings = {
        Lucitra__Roles = "Api"

        # Whoever forwards a request to an instance: Cloud Run, Google's front ends, and the balancer by its own address.
        Http__TrustedProxies__0 = "169.254.0.0/16"
        Http__TrustedProxies__1 = "35.191.0.0/16"
        Http__TrustedProxies__2 = "130.211.0.0/22"
        Http__TrustedProxies__3 = "${google_compute_global_address.this.address}/32"

        Storage__Provider = "CloudStorage"
        Storage__Bucket   = google_storage_bucket.files.name
      }
    }
    webhooks = {
      settings = {
        Lucitra__Roles         = "Webhooks"
        HubSpot__PublicBaseUrl = "https://${var.domain}"
      }
    }
    worker = {
      settings = {
        Lucitra__Roles                           = "Worker"
        Storage__Provider                        = "CloudStorage"
        Storage__Bucket                          = google_storage_bucket.files.name
        Queue__PubSub__Consume                   = "Push"
        Queue__PubSub__Subscription              = "lucitra-webhooks-worker"
        Queue__PubSub__DeadLetterTopic           = google_pubsub_topic.dead.name
        Queue__PubSub__DeadLetterSubscription    = google_pubsub_subscription.dead.name
        Queue__PubSub__Push__Audience            = local.push_audience
        Queue__PubSub__Push__ServiceAccountEmail = google_service_account.push.email
      }
    }
  }

  jobs = {
    migrate = {
      account = "migrate"
      args    = ["migrate"]
      timeout = "3600s"
      settings = {
        ASPNETCORE_ENVIRONMENT = "Production"
        GOOGLE_CLOUD_PROJECT   = var.project
        Database__Provider     = "Postgres"
      }
    }
    command = {
      account  = "worker"
      args     = ["--help"]
      timeout  = "86400s"
      settings = merge(local.settings, local.services.worker.settings)
    }
  }
}

# GraphQL, subscriptions, REST and the explorer. A WebSocket lasts as long as the request may.
resource "google_cloud_run_v2_service" "api" {
  name                 = "lucitra-api"
  location             = var.region
  ingress              = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  invoker_iam_disabled = true
  deletion_protection  = var.deletion_protection

  template {
    service_account                  = google_service_account.runtime["api"].email
    timeout                          = "3600s"
    max_instance_request_concurrency = var.api.concurrency
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      min_instance_count = var.api.min_instances
      max_instance_count = var.api.max_instances
    }

    vpc_access {
      egress = "PRIVATE_RANGES_ONLY"

      network_interfaces {
        network    = google_compute_network.this.id
        subnetwork = google_compute_subnetwork.services.id
      }
    }

    containers {
      image = var.image

      ports {
        container_port = local.port
      }

      resources {
        limits            = { cpu = var.api.cpu, memory = var.api.memory }
        cpu_idle          = false
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = merge(local.settings, local.services.api.settings)

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.secret_readers.api

        content {
          name = local.secrets[env.value]

          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this[env.value].secret_id
              version = "latest"
            }
          }
        }
      }

      startup_probe {
        timeout_seconds   = 5
        period_seconds    = 5
        failure_threshold = 24

        http_get {
          path = "/health/ready"
          port = local.port
        }
      }

      liveness_probe {
        timeout_seconds   = 5
        period_seconds    = 15
        failure_threshold = 4

        http_get {
          path = "/health/live"
          port = local.port
        }
      }
    }
  }

  # A release sets the image and moves the traffic.
  lifecycle {
    ignore_changes = [template[0].containers[0].image, template[0].revision, traffic, client, client_version]
  }

  depends_on = [google_secret_manager_secret_iam_member.reader, google_sql_database.lucitra]
}

# HubSpot's deliveries. HubSpot waits for five seconds, and proves itself by its signature.
resource "google_cloud_run_v2_service" "webhooks" {
  name                 = "lucitra-webhooks"
  location             = var.region
  ingress              = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  invoker_iam_disabled = true
  deletion_protection  = var.deletion_protection

  template {
    service_account                  = google_service_account.runtime["webhooks"].email
    timeout                          = "10s"
    max_instance_request_concurrency = var.webhooks.concurrency
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      min_instance_count = var.webhooks.min_instances
      max_instance_count = var.webhooks.max_instances
    }

    vpc_access {
      egress = "PRIVATE_RANGES_ONLY"

      network_interfaces {
        network    = google_compute_network.this.id
        subnetwork = google_compute_subnetwork.services.id
      }
    }

    containers {
      image = var.image

      ports {
        container_port = local.port
      }

      resources {
        limits            = { cpu = var.webhooks.cpu, memory = var.webhooks.memory }
        cpu_idle          = false
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = merge(local.settings, local.services.webhooks.settings)

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.secret_readers.webhooks

        content {
          name = local.secrets[env.value]

          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this[env.value].secret_id
              version = "latest"
            }
          }
        }
      }

      startup_probe {
        timeout_seconds   = 5
        period_seconds    = 5
        failure_threshold = 24

        http_get {
          path = "/health/ready"
          port = local.port
        }
      }

      liveness_probe {
        timeout_seconds   = 5
        period_seconds    = 15
        failure_threshold = 4

        http_get {
          path = "/health/live"
          port = local.port
        }
      }
    }
  }

  # A release sets the image and moves the traffic.
  lifecycle {
    ignore_changes = [template[0].containers[0].image, template[0].revision, traffic, client, client_version]
  }

  depends_on = [google_secret_manager_secret_iam_member.reader, google_sql_database.lucitra]
}

# Pub/Sub's posts, retries and reconciliation. Only Google's own network reaches it, and the token of each post is checked.
resource "google_cloud_run_v2_service" "worker" {
  name                 = "lucitra-worker"
  location             = var.region
  ingress              = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  invoker_iam_disabled = true
  deletion_protection  = var.deletion_protection
  custom_audiences     = [local.push_audience]

  template {
    service_account                  = google_service_account.runtime["worker"].email
    timeout                          = "120s"
    max_instance_request_concurrency = var.worker.concurrency
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      min_instance_count = var.worker.min_instances
      max_instance_count = var.worker.max_instances
    }

    vpc_access {
      egress = "PRIVATE_RANGES_ONLY"

      network_interfaces {
        network    = google_compute_network.this.id
        subnetwork = google_compute_subnetwork.services.id
      }
    }

    containers {
      image = var.image

      ports {
        container_port = local.port
      }

      resources {
        limits            = { cpu = var.worker.cpu, memory = var.worker.memory }
        cpu_idle          = false
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = merge(local.settings, local.services.worker.settings)

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = local.secret_readers.worker

        content {
          name = local.secrets[env.value]

          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this[env.value].secret_id
              version = "latest"
            }
          }
        }
      }

      startup_probe {
        timeout_seconds   = 5
        period_seconds    = 5
        failure_threshold = 24

        http_get {
          path = "/health/ready"
          port = local.port
        }
      }

      liveness_probe {
        timeout_seconds   = 5
        period_seconds    = 15
        failure_threshold = 4

        http_get {
          path = "/health/live"
          port = local.port
        }
      }
    }
  }

  # A release sets the image and moves the traffic.
  lifecycle {
    ignore_changes = [template[0].containers[0].image, template[0].revision, traffic, client, client_version]
  }

  depends_on = [google_secret_manager_secret_iam_member.reader, google_sql_database.lucitra]
}

# What is run to its end: migrations before the services get a new image, and whatever the runbook asks for, such as
# gcloud run jobs execute lucitra-command --wait --args=webhooks,list,--status,DEAD
resource "google_cloud_run_v2_job" "this" {
  for_each = local.jobs

  name                = "lucitra-${each.key}"
  location            = var.region
  deletion_protection = var.deletion_protection

  template {
    template {
      service_account = google_service_account.runtime[each.value.account].email
      max_retries     = 0
      timeout         = each.value.timeout

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"

        network_interfaces {
          network    = google_compute_network.this.id
          subnetwork = google_compute_subnetwork.services.id
        }
      }

      containers {
        image = var.image
        args  = each.value.args

        resources {
          limits = { cpu = "1", memory = "1Gi" }
        }

        dynamic "env" {
          for_each = each.value.settings

          content {
            name  = env.key
            value = env.value
          }
        }

        dynamic "env" {
          for_each = local.secret_readers[each.value.account]

          content {
            name = local.secrets[env.value]

            value_source {
              secret_key_ref {
                secret  = google_secret_manager_secret.this[env.value].secret_id
                version = "latest"
              }
            }
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }

  depends_on = [google_secret_manager_secret_iam_member.reader, google_sql_database.lucitra]
}
